import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ClientCredentialsProvider } from '@modelcontextprotocol/sdk/client/auth-extensions.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { InvalidClientError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { openDatabase, type Database } from '../../src/adapters/sql/openDatabase.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { answers } from '../../src/http/contract/schemas.ts';
import { answer } from '../support/fakeModel.ts';
import { must } from '../support/must.ts';
import { newClose, newOffer, type OfferOptions } from '../support/offers.ts';
import { orgParty } from '../support/parties.ts';
import { bearer, secretOf, serveApp, type ServedApp } from '../support/serveApp.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

jest.setTimeout(60_000);

const summary = { summary: 'Maria Lopez asks for the delivery date.', nextStep: 'Call.', quotes: [] };
const refund = { decision: 'refund', amount: 59.9, reason: 'Damaged', confidence: 0.95, quotes: [] };

let database: Database | undefined;
let bridge: TestBridge;
let served: ServedApp;
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' });
  bridge = createTestBridge(openStore(database));
  served = await serveApp(bridge);
}, 120_000);
afterAll(async () => {
  await served.close();
  await database?.close();
});

/** A handoff of the org, taken and run. */
async function handedOver(options: Partial<OfferOptions> = {}, run = true) {
  const task = options.task ?? 'case-summary';
  bridge.model.behaviours.splice(0, Infinity, answer(JSON.stringify(task === 'case-summary' ? summary : refund)));
  const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs(), task, ...options });
  const received = await receiveOffer(bridge, message);
  if (received.kind !== 'taken') throw new Error(received.kind);
  if (run) await runHandoff(bridge, received.key, { drain: new AbortController().signal });
  return { offer, key: received.key, id: offer.claims.txn };
}

async function connect(name = 'org', secret = secretOf(name)): Promise<Client> {
  const authProvider = new ClientCredentialsProvider({
    clientId: name,
    clientSecret: secret,
    expectedIssuer: served.url,
  });
  const client = new Client({ name: 'test', version: '1' });
  const transport = new StreamableHTTPClientTransport(new URL(`${served.url}/mcp`), { authProvider });
  await client.connect(transport);
  return client;
}

const ask = async (client: Client, handoff_id: unknown) => {
  const { isError, structuredContent, content } = await client.callTool({
    name: 'get_handoff',
    arguments: { handoff_id },
  });
  const [{ text }] = content as [{ text: string }];
  return isError === true ? { refused: text } : { view: structuredContent, text };
};
const refusal = (code: string) => ({ refused: JSON.stringify({ code }) });

const post = (body: unknown, headers: Record<string, string>) =>
  fetch(`${served.url}/mcp`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: JSON.stringify(body),
  });
const listTools = { jsonrpc: '2.0', id: 1, method: 'tools/list' };

describe('the claim check by MCP, with the SDK and client credentials', () => {
  it('offers one tool, which changes nothing and takes an id only', async () => {
    const client = await connect();
    const { tools } = await client.listTools();
    expect(
      tools.map(({ name, annotations, inputSchema }) => [name, annotations?.readOnlyHint, inputSchema.required]),
    ).toEqual([['get_handoff', true, ['handoff_id']]]);
    expect(Object.keys(tools[0]?.inputSchema.properties ?? {})).toEqual(['handoff_id']);
    await client.close();
  });

  it('tells what became of a handoff', async () => {
    const { id } = await handedOver();
    const waiting = await handedOver({}, false);
    const asked = await handedOver({ task: 'refund-review' });
    const client = await connect();
    const { view, text } = await ask(client, id);
    expect(view).toEqual({
      handoff_id: id,
      status: 'finished',
      disposition: 'executed',
      reason: '',
      output: JSON.stringify({ nextStep: summary.nextStep, quotes: [], summary: summary.summary }),
    });
    expect(JSON.parse(text ?? '')).toEqual(view);
    expect((await ask(client, waiting.id)).view).toEqual({ handoff_id: waiting.id, status: 'pending', reason: '' });
    expect((await ask(client, asked.id)).view).toEqual({
      handoff_id: asked.id,
      status: 'approval_required',
      disposition: 'approval_required',
      reason: 'task_always_asks',
    });
    await client.close();
  });

  it('refuses ids that are forged, of another org, closed, erased or expired', async () => {
    const [open, closed, erased] = [
      await handedOver(),
      await handedOver(),
      await handedOver({ claims: { sub: '0055g00000ErAsEAAV' } }),
    ];
    const given = await answerOffer(bridge, closed.key, closed.offer.sha256);
    const { result } = await verifyAnswer(bridge, closed.offer, given);
    const close = await newClose(must(result), bridge.clock.nowMs());
    const accepted = await fetch(`${served.url}/v1/closes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ envelope: close }),
    });
    expect(accepted.status).toBe(204);
    await erasePerson(bridge, { org: orgParty, subject: erased.offer.claims.sub }, 'test');

    const [client, other] = [await connect(), await connect('other-org')];
    expect(await ask(client, randomUUID())).toEqual(refusal('unknown'));
    expect(await ask(other, open.id)).toEqual(refusal('unknown'));
    expect(await ask(client, closed.id)).toEqual(refusal('closed'));
    expect(await ask(client, erased.id)).toEqual(refusal('erased'));
    expect((await ask(client, open.id)).view).toMatchObject({ status: 'finished' });
    for (const forged of ["' or 1=1 --", '', `${open.id}\u0000`, open.id.toUpperCase(), [open.id], null]) {
      expect((await ask(client, forged)).refused).toContain('Invalid arguments');
    }
    const { deadlineMs } = must(await bridge.store.transaction(({ handoffs }) => handoffs.find(open.key)));
    bridge.clock.move(deadlineMs - bridge.clock.nowMs() + bridge.policy.vaultRetentionMs + 1);
    const later = await connect();
    expect(await ask(later, open.id)).toEqual(refusal('expired'));
    await Promise.all([client.close(), other.close(), later.close()]);
  });

  it('does not connect a client without the right secret, or of another role', async () => {
    await expect(connect('org', 'wrong')).rejects.toBeInstanceOf(InvalidClientError);
    await expect(connect('operator')).rejects.toBeInstanceOf(InvalidClientError);
    await expect(connect('nobody')).rejects.toBeInstanceOf(InvalidClientError);
    await expect(connect('org', secretOf('other-org'))).rejects.toBeInstanceOf(InvalidClientError);
  });
});

describe('tokens', () => {
  const form = (body: Record<string, string>, headers = {}) =>
    fetch(`${served.url}/oauth/token`, { method: 'POST', body: new URLSearchParams(body), headers });
  const credentials = { grant_type: 'client_credentials', client_id: 'org', client_secret: secretOf('org') };

  it('are issued for five minutes, and serve no longer', async () => {
    const response = await form(credentials);
    const issued = answers.AccessToken.parse(await response.json());
    expect([issued.expires_in, response.headers.get('cache-control')]).toEqual([300, 'no-store']);
    const authorization = `Bearer ${issued.access_token}`;
    expect((await post(listTools, { authorization })).status).toBe(200);
    bridge.clock.move(301_000);
    expect((await post(listTools, { authorization })).status).toBe(401);
  });

  it('are for asking only: no other route takes them', async () => {
    const { access_token: token } = answers.AccessToken.parse(await (await form(credentials)).json());
    const headers = { authorization: `Bearer ${token}` };
    for (const path of ['/v1/kill-switch', '/v1/audit/export', '/v1/readiness', `/v1/handoffs/${randomUUID()}`]) {
      expect([path, (await fetch(`${served.url}${path}`, { headers })).status]).toEqual([path, 401]);
    }
  });

  it('that were not issued here do not hold', async () => {
    const { access_token: token } = answers.AccessToken.parse(await (await form(credentials)).json());
    const [header = '', claims = '', signature = ''] = token.split('.');
    const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const other = encode({
      ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object),
      client_id: 'other-org',
    });
    const none = encode({ alg: 'none', typ: 'at+jwt' });
    for (const forged of [
      `${header}.${other}.${signature}`,
      `${none}.${claims}.`,
      `${header}.${claims}.`,
      'a.b.c',
      '..',
    ]) {
      expect((await post(listTools, { authorization: `Bearer ${forged}` })).status).toBe(401);
    }
  });

  it('are refused as RFC 6749 says', async () => {
    const errorOf = async (response: Response) => [
      response.status,
      ((await response.json()) as { error: string }).error,
    ];
    expect(await errorOf(await form({ ...credentials, grant_type: 'password' }))).toEqual([
      400,
      'unsupported_grant_type',
    ]);
    expect(await errorOf(await form({}))).toEqual([400, 'invalid_request']);
    expect(await errorOf(await form({ ...credentials, client_secret: 'x' }))).toEqual([401, 'invalid_client']);
    expect(await errorOf(await form({ grant_type: 'client_credentials' }))).toEqual([401, 'invalid_client']);
  });
});

describe('POST /mcp', () => {
  it('takes nothing from a browser, and keeps nothing open', async () => {
    expect((await post(listTools, bearer('org'))).status).toBe(200);
    expect((await post(listTools, { ...bearer('org'), origin: 'https://evil.example' })).status).toBe(403);
    const waiting = await fetch(`${served.url}/mcp`, { headers: { ...bearer('org'), accept: 'text/event-stream' } });
    expect([waiting.status, waiting.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it('says where a token is to be had', async () => {
    const response = await post(listTools, {});
    const [, metadata = ''] = /resource_metadata="(.+)"/.exec(response.headers.get('www-authenticate') ?? '') ?? [];
    expect([response.status, await (await fetch(metadata)).json()]).toEqual([
      401,
      { resource: `${served.url}/mcp`, authorization_servers: [served.url], bearer_methods_supported: ['header'] },
    ]);
  });

  it.each([
    ['no JSON-RPC', { hello: 'x' }, 400],
    ['a list of two hundred', Array.from({ length: 200 }, () => listTools), 400],
    ['an unknown method', { jsonrpc: '2.0', id: 1, method: 'resources/list' }, 200],
    ['null', null, 400],
  ])('answers %s without a fault', async (_name, body, status) => {
    const response = await post(body, bearer('org'));
    expect([response.status, bridge.failures]).toEqual([status, []]);
  });
});

describe('GET /v1/claims/{handoffId}', () => {
  const get = (id: string, name: string) => fetch(`${served.url}/v1/claims/${id}`, { headers: bearer(name) });

  it('answers the same to External Services', async () => {
    const { id } = await handedOver();
    const response = await get(id, 'org');
    expect([response.status, answers.Claim.parse(await response.json())]).toMatchObject([
      200,
      { handoff_id: id, status: 'finished' },
    ]);
    expect((await get(id, 'other-org')).status).toBe(404);
    expect((await get(id, 'operator')).status).toBe(403);
    expect((await get('x', 'org')).status).toBe(400);
  });
});
