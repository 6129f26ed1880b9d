import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import type { FakeOrg } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { refusal, RestClient } from './restClient.ts';

const jwtGrant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const startedAt = Date.parse('2026-11-23T12:00:00Z');

let org: FakeOrg;
let time = startedAt;

beforeEach(async () => {
  time = startedAt;
  org = await startExampleOrg({ now: () => new Date(time) });
  org.users.add({ username: 'bridge@example.com', grants: { system: ['ApiEnabled'] } });
  org.clients.add({
    clientId: 'bridge',
    clientSecret: 'bridge-secret',
    certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    runAs: 'bridge@example.com',
    preauthorized: ['bridge@example.com'],
  });
});

afterEach(async () => {
  await org.close();
});

async function token(form: Record<string, string>): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${org.url}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

function whoIs(accessToken: unknown): Promise<Response> {
  return fetch(`${org.url}/services/oauth2/userinfo`, { headers: { authorization: `Bearer ${String(accessToken)}` } });
}

interface Claims {
  readonly iss?: string;
  readonly sub?: string;
  readonly aud?: string;
  readonly exp?: number;
}

async function assertion(claims: Claims = {}, key = privateKey): Promise<string> {
  const { iss = 'bridge', sub = 'bridge@example.com', aud = org.url, exp = startedAt / 1000 + 60 } = claims;
  return await sign({ iss, sub, aud, exp }, key);
}

async function sign(claims: Claims, key = privateKey): Promise<string> {
  return await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256' }).sign(key);
}

describe('the JWT bearer flow', () => {
  it.each([() => org.url, () => `${org.url}/`, () => 'https://login.salesforce.com'])(
    'gives a token that works',
    async (aud) => {
      const { status, body } = await token({ grant_type: jwtGrant, assertion: await assertion({ aud: aud() }) });
      expect({ status, url: body['instance_url'], type: body['token_type'] }).toEqual({
        status: 200,
        url: org.url,
        type: 'Bearer',
      });
      const answer = await whoIs(body['access_token']);
      expect(await answer.json()).toMatchObject({ preferred_username: 'bridge@example.com', organization_id: org.id });
    },
  );

  it.each<[string, () => Promise<string>, string, string]>([
    ['of another key', () => assertion({}, stranger), 'invalid_grant', 'invalid assertion'],
    ['that is expired', () => assertion({ exp: startedAt / 1000 - 1 }), 'invalid_grant', 'expired assertion'],
    [
      'that never expires',
      () => sign({ iss: 'bridge', sub: 'bridge@example.com', aud: org.url }),
      'invalid_grant',
      'invalid assertion',
    ],
    ['for somebody else', () => assertion({ aud: 'https://example.com' }), 'invalid_grant', 'audience is invalid'],
    ['of an unknown client', () => assertion({ iss: 'x' }), 'invalid_client_id', 'client identifier invalid'],
    ['for an unknown user', () => assertion({ sub: 'x@example.com' }), 'invalid_grant', 'user not found'],
    [
      'for a user not approved',
      () => assertion({ sub: 'admin@example.com' }),
      'invalid_app_access',
      'user is not admin approved to access this app',
    ],
    ['that is none', () => Promise.resolve('x'), 'invalid_grant', 'invalid assertion'],
    [
      'without a signature',
      async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await assertion()).split('.')[1] ?? ''}.`,
      'invalid_grant',
      'invalid assertion',
    ],
  ])('refuses an assertion %s', async (_, make, error, description) => {
    expect(await token({ grant_type: jwtGrant, assertion: await make() })).toEqual({
      status: 400,
      body: { error, error_description: description },
    });
  });
});

describe('the client credentials flow', () => {
  const form = { grant_type: 'client_credentials', client_id: 'bridge', client_secret: 'bridge-secret' };

  it('runs as the user of the client', async () => {
    const { body } = await token(form);
    expect(await (await whoIs(body['access_token'])).json()).toMatchObject({ username: 'bridge@example.com' });
  });

  it('refuses a wrong secret, a public client and one without a user', async () => {
    const invalid = { status: 401, body: { error: 'invalid_client', error_description: 'invalid client credentials' } };
    expect(await token({ ...form, client_secret: 'x' })).toEqual(invalid);
    org.clients.add({ clientId: 'public', runAs: 'bridge@example.com' });
    expect(await token({ grant_type: 'client_credentials', client_id: 'public' })).toEqual(invalid);
    org.clients.add({ clientId: 'off', clientSecret: 's' });
    expect(await token({ ...form, client_id: 'off', client_secret: 's' })).toMatchObject({
      body: { error: 'invalid_grant' },
    });
  });
});

describe('a refresh token', () => {
  it('gives a new session until it is revoked', async () => {
    const user = org.users.find('bridge@example.com');
    const refreshToken = org.sessions.issueRefreshToken(user?.id ?? '', 'bridge');
    const form = {
      grant_type: 'refresh_token',
      client_id: 'bridge',
      client_secret: 'bridge-secret',
      refresh_token: refreshToken,
    };
    const { body } = await token(form);
    expect((await whoIs(body['access_token'])).status).toBe(200);
    const revoke = { method: 'POST', body: new URLSearchParams({ token: refreshToken }) };
    expect((await fetch(`${org.url}/services/oauth2/revoke`, revoke)).status).toBe(200);
    expect((await fetch(`${org.url}/services/oauth2/revoke`, revoke)).status).toBe(400);
    expect(await token(form)).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'expired access/refresh token' },
    });
  });

  it('is good for its client only', async () => {
    const refreshToken = org.sessions.issueRefreshToken(org.users.administrator.id, 'bridge');
    org.clients.add({ clientId: 'other' });
    expect(await token({ grant_type: 'refresh_token', client_id: 'other', refresh_token: refreshToken })).toMatchObject(
      { status: 400 },
    );
  });
});

it('knows no other flow', async () => {
  expect(await token({ grant_type: 'password', username: 'admin@example.com', password: 'x' })).toEqual({
    status: 400,
    body: { error: 'unsupported_grant_type', error_description: 'grant type not supported' },
  });
});

it('ends a session with its time, and answers nobody without one', async () => {
  const client = new RestClient(org, org.users.administrator.id);
  const expired = refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  time += 2 * 60 * 60 * 1000 - 1;
  expect(await client.call('GET', '/limits')).toMatchObject({ status: 200 });
  time += 1;
  expect(await client.call('GET', '/limits')).toEqual(expired);
  expect(await client.call('GET', '/limits', undefined, { authorization: 'Bearer x' })).toEqual(expired);
  expect((await fetch(`${org.url}/services/data/v68.0/limits`)).status).toBe(401);
  expect((await fetch(`${org.url}/services/data`)).status).toBe(200);
});

it('gives the same tokens in every run, and never one twice', async () => {
  const other = await startExampleOrg();
  const tokens = [org, other].map(({ sessions, users }) => sessions.open(users.administrator.id));
  // The clients of this org have not asked for a token yet.
  expect(tokens[0]).toBe(tokens[1]);
  expect(org.sessions.open(org.users.administrator.id)).not.toBe(tokens[0]);
  await other.close();
});
