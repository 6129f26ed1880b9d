import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { commitmentOf, type AuditEvent } from '@agent-readiness/protocol/handoff';
import { leafHash, openCheckpoint, rootHash, verifyInclusion } from '@agent-readiness/protocol/log';
import { openDatabase, type Database } from '../../src/adapters/sql/openDatabase.ts';
import { createRunner, type Runner } from '../../src/app/run/runner.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { readinessOf } from '../../src/domain/readiness.ts';
import type { AccessRole, AccessToken } from '../../src/http/access.ts';
import { createApp } from '../../src/http/app.ts';
import { createAccessTokens } from '../../src/http/oauth/accessTokens.ts';
import { StoreUnavailableError } from '../../src/ports/store.ts';
import { answer, hangs } from '../support/fakeModel.ts';
import { ids, newApproval, newOffer } from '../support/offers.ts';
import { logTrust, orgParty, otherOrgParty, strangerSigner, valueOf } from '../support/parties.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

jest.setTimeout(60_000);

const summary = { summary: 'Asks for the delivery date.', nextStep: 'Call.', quotes: [] };
const refund = { decision: 'refund', amount: 59.9, reason: 'Damaged', confidence: 0.95, quotes: [] };

const secretOf = (role: AccessRole): string => `token-of-${role}`;
const tokens = (['operator', 'auditor', 'org', 'monitor'] as const).map((role): AccessToken => ({
  name: `the ${role}`,
  role,
  sha256: createHash('sha256').update(secretOf(role)).digest('hex'),
  ...(role === 'org' ? { org: orgParty } : {}),
}));

let database: Database | undefined;
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' });
}, 120_000);
afterAll(() => database?.close());

interface Served {
  readonly bridge: TestBridge;
  readonly runner: Runner;
  readonly url: string;
  readonly server: Server;
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});

async function serve(overrides: Partial<TestBridge> = {}, limits = {}): Promise<Served> {
  if (database === undefined) throw new Error('not opened');
  const bridge = createTestBridge(openStore(database), overrides);
  const runner = createRunner(bridge);
  const app = createApp({
    bridge,
    runner,
    tokens,
    accessTokens: createAccessTokens({ key: new Uint8Array(32), issuer: 'x', clients: [], clock: bridge.clock }),
    publicUrl: 'https://bridge.example.com',
    metrics: () => Promise.resolve(''),
    readiness: () => Promise.resolve(readinessOf([])),
    limits: { maxBodyBytes: 200_000, maxRunning: 4, syncTimeoutMs: 20_000, ...limits },
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return { bridge, runner, server, url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}` };
}

const json = { 'content-type': 'application/json' };
const bearer = (role: AccessRole) => ({ authorization: `Bearer ${secretOf(role)}` });
const post = (url: string, body: unknown, headers = {}): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) });
const problemOf = async (response: Response) => {
  const { code, reason } = (await response.json()) as { code: string; reason?: string };
  return [response.status, code, ...(reason === undefined ? [] : [reason])];
};
const offerTo = ({ bridge }: Served, options = {}) =>
  newOffer({ nowMs: bridge.clock.nowMs(), task: 'case-summary', ...options });

describe('POST /v1/handoffs', () => {
  it('answers within the time of the caller', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(served);
    const response = await post(`${served.url}/v1/handoffs`, message);
    expect([response.status, response.headers.get('cache-control'), response.headers.get('x-powered-by')]).toEqual([
      200,
      'no-store',
      null,
    ]);
    const { result } = await verifyAnswer(served.bridge, offer, (await response.json()) as Answer);
    expect(result?.claims.disposition).toBe('executed');
  });

  it('answers at once when asked to, and later by the txn', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(served);
    const first = await post(`${served.url}/v1/handoffs`, message, { prefer: 'respond-async, wait=1' });
    const location = `/v1/handoffs/${offer.claims.txn}`;
    expect([first.status, first.headers.get('location')]).toEqual([202, location]);
    expect((await verifyAnswer(served.bridge, offer, (await first.json()) as Answer)).accept).toBeDefined();
    await served.runner.drain(10_000);
    const later = await serve({ clock: served.bridge.clock });
    const second = await fetch(`${later.url}${location}`, { headers: bearer('org') });
    expect([second.status, ((await second.json()) as Answer).status]).toEqual([200, 'finished']);
  });

  it('answers 202 when it takes longer than a caller can wait', async () => {
    const served = await serve({}, { syncTimeoutMs: 50 });
    served.bridge.model.behaviours.push(hangs);
    const { message } = await offerTo(served);
    const response = await post(`${served.url}/v1/handoffs`, message);
    expect([response.status, ((await response.json()) as Answer).status]).toEqual([202, 'accepted']);
    await served.runner.drain(0);
  });

  it('streams the accept and then the answer', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(served);
    const response = await post(`${served.url}/v1/handoffs`, message, { accept: 'text/event-stream' });
    const events = (await response.text()).split('\n\n').filter((event) => event !== '');
    expect(events.map((event) => event.split('\n')[0])).toEqual(['event: accept', 'event: answer']);
    const given = JSON.parse(events[1]?.split('\n')[1]?.slice('data: '.length) ?? '') as Answer;
    expect((await verifyAnswer(served.bridge, offer, given)).result?.claims.disposition).toBe('executed');
  });

  it('says why it takes something for no offer', async () => {
    const served = await serve();
    const url = `${served.url}/v1/handoffs`;
    const { message } = await offerTo(served);
    const stranger = await offerTo(served, { signer: strangerSigner });
    const send = (body: string, headers: Record<string, string> = json) =>
      fetch(url, { method: 'POST', headers, body });
    expect(await problemOf(await send('{'))).toEqual([400, 'body_malformed']);
    expect(await problemOf(await send('[1]'))).toEqual([400, 'body_malformed']);
    expect(await problemOf(await send('{"envelope":"x"}'))).toEqual([400, 'body_malformed']);
    expect(await problemOf(await post(url, { ...message, more: 1 }))).toEqual([400, 'body_malformed']);
    expect(await problemOf(await send('x', { 'content-type': 'text/plain' }))).toEqual([415, 'content_type']);
    expect(await problemOf(await send('{}', { ...json, 'content-encoding': 'gzip' }))).toEqual([415, 'content_type']);
    expect(await problemOf(await send(JSON.stringify('a'.repeat(300_000))))).toEqual([413, 'body_too_large']);
    expect(await problemOf(await post(url, { envelope: 'a.b.c', payload: '' }))).toEqual([
      401,
      'envelope_refused',
      'envelope_malformed',
    ]);
    expect(await problemOf(await post(url, stranger.message))).toEqual([401, 'envelope_refused', 'issuer_unknown']);
    served.bridge.clock.move(300_000);
    expect(await problemOf(await post(url, message))).toEqual([401, 'envelope_refused', 'expired']);
  });

  it('answers 409 to another offer under a known jti', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(served);
    await post(`${served.url}/v1/handoffs`, message);
    const other = await offerTo(served, { claims: { jti: offer.claims.jti } });
    const response = await post(`${served.url}/v1/handoffs`, other.message);
    expect(await problemOf(response)).toEqual([409, 'offer_conflict', 'jti_reused']);
  });

  it('turns work away when it has as much as it can do, and when it is about to stop', async () => {
    const served = await serve({}, { maxRunning: 1 });
    served.bridge.model.behaviours.push(hangs);
    const first = await offerTo(served);
    await post(`${served.url}/v1/handoffs`, first.message, { prefer: 'respond-async' });
    const second = await offerTo(served);
    const refused = await post(`${served.url}/v1/handoffs`, second.message);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(await problemOf(refused)).toEqual([503, 'overloaded']);
    const drained = served.runner.drain(0);
    expect(await problemOf(await post(`${served.url}/v1/handoffs`, second.message))).toEqual([503, 'draining']);
    expect(await problemOf(await fetch(`${served.url}/readyz`))).toEqual([503, 'draining']);
    expect((await fetch(`${served.url}/healthz`)).status).toBe(200);
    await drained;
  });

  it('lets in no more than it can do when all come at once, before the first of them is stored', async () => {
    const open = Promise.withResolvers<undefined>();
    const { store } = await serve().then(({ bridge }) => bridge);
    const slow: TestBridge['store'] = {
      transaction: async (work) => {
        await open.promise;
        return store.transaction(work);
      },
    };
    const served = await serve({ store: slow }, { maxRunning: 2 });
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const offers = await Promise.all(Array.from({ length: 6 }, () => offerTo(served)));
    const refused = Promise.withResolvers<undefined>();
    let refusals = 0;
    const statuses = offers.map(async ({ message }) => {
      const { status } = await post(`${served.url}/v1/handoffs`, message, { prefer: 'respond-async' });
      refusals += status === 503 ? 1 : 0;
      if (refusals === 4) refused.resolve(undefined);
      return status;
    });
    await refused.promise;
    open.resolve(undefined);
    const answered = (await Promise.all(statuses)).filter((status) => status !== 503);
    expect(answered).toHaveLength(2);
    await served.runner.drain(20_000);
  });

  it('answers 503 without a store, and tells nothing of a fault', async () => {
    const lost = await serve({ store: { transaction: () => Promise.reject(new StoreUnavailableError('gone')) } });
    const { message } = await offerTo(lost);
    expect(await problemOf(await post(`${lost.url}/v1/handoffs`, message))).toEqual([503, 'store_unavailable']);
    expect(await problemOf(await fetch(`${lost.url}/readyz`))).toEqual([503, 'store_unavailable']);
    const broken = await serve({ store: { transaction: () => Promise.reject(new Error('Maria Lopez')) } });
    const response = await post(`${broken.url}/v1/handoffs`, message);
    const text = await response.text();
    expect([response.status, text.includes('Maria')]).toEqual([500, false]);
    expect(broken.bridge.failures).toHaveLength(1);
  });

  it('never answers 500 to a body or a header that was damaged', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { message } = await offerTo(served);
    const body = JSON.stringify(message);
    for (let at = 0; at < body.length; at += Math.ceil(body.length / 60)) {
      for (const damaged of [body.slice(0, at), `${body.slice(0, at)}\u0000${body.slice(at + 1)}`]) {
        const response = await fetch(`${served.url}/v1/handoffs`, { method: 'POST', headers: json, body: damaged });
        expect([400, 401]).toContain(response.status);
      }
    }
    const txn = '00000000-0000-4000-8000-000000000000';
    for (const path of [
      '/%',
      '/v1/handoffs/%00',
      '/v1/handoffs/..%2f',
      '/v1/audit/entries?from=-1',
      '/v1//handoffs',
      `/v1/handoffs/${txn}%00?org=x`,
      `/v1/handoffs/${txn}?org=%00`,
      `/v1/handoffs/${txn}?org=a%0Ab`,
    ]) {
      const { status } = await fetch(`${served.url}${path}`, { headers: bearer('operator') });
      expect([path, status === 400 || status === 404]).toEqual([path, true]);
    }
    expect(served.bridge.failures).toEqual([]);
  });

  it('never answers 500 to an order of an operator that no store can hold', async () => {
    const served = await serve();
    for (const text of ['\u0000', 'a\u0000b', '\ud800', 'two\nlines']) {
      const bodies = [
        ['PUT', '/v1/kill-switch', { scope: { kind: 'agent', name: text }, reason: 'drill' }],
        ['PUT', '/v1/kill-switch', { scope: { kind: 'global' }, reason: text }],
        ['DELETE', '/v1/kill-switch', { scope: { kind: 'task', name: text } }],
        ['POST', '/v1/erasures', { org: orgParty, subject: text }],
        ['POST', '/v1/erasures', { org: text, subject: 'x' }],
        ['POST', '/v1/reverts', { org: text, txn: '00000000-0000-4000-8000-000000000000' }],
      ] as const;
      for (const [method, path, body] of bodies) {
        const headers = { ...json, ...bearer('operator') };
        const response = await fetch(`${served.url}${path}`, { method, headers, body: JSON.stringify(body) });
        expect(await problemOf(response)).toEqual([400, 'body_malformed']);
      }
    }
    expect(served.bridge.failures).toEqual([]);
  });

  it('goes on when the caller goes away', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(served);
    const body = JSON.stringify(message);
    const socket = connect((served.server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(
      `POST /v1/handoffs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAccept: text/event-stream\r\n` +
        `Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`,
    );
    await once(socket, 'data');
    socket.destroy();
    await served.runner.drain(10_000);
    const found = await served.bridge.store.transaction(({ handoffs }) =>
      handoffs.find({ org: orgParty, txn: offer.claims.txn }),
    );
    expect(found?.state).toBe('finished');
  });
});

describe('POST /v1/approvals and /v1/closes', () => {
  it('runs the plan and tells the result; a wrong approval is refused by its code', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    const { offer, message } = await offerTo(served, { task: 'refund-review' });
    const asked = (await (await post(`${served.url}/v1/handoffs`, message)).json()) as Answer;
    const { result } = await verifyAnswer(served.bridge, offer, asked);
    if (result === undefined) throw new Error('no result');
    const now = served.bridge.clock.nowMs();
    const own = await newApproval(result, now, { sub: ids.requester });
    const url = `${served.url}/v1/approvals`;
    expect(await problemOf(await post(url, { envelope: own }))).toEqual([
      403,
      'approval_refused',
      'approver_is_requester',
    ]);
    expect(await problemOf(await post(url, { envelope: 'x' }))).toEqual([
      401,
      'envelope_refused',
      'envelope_malformed',
    ]);
    const response = await post(url, { envelope: await newApproval(result, now) });
    const given = (await response.json()) as Answer;
    expect([response.status, given.status]).toEqual([200, 'finished']);
    expect(served.bridge.org.writes).toHaveLength(1);
    expect(await problemOf(await post(`${served.url}/v1/closes`, { envelope: own }))).toEqual([
      401,
      'envelope_refused',
      'typ_wrong',
    ]);
  });
});

describe('who may call', () => {
  const routes: readonly (readonly [string, string, readonly AccessRole[]])[] = [
    ['GET', '/v1/handoffs/none?org=x', ['operator', 'org']],
    ['GET', '/v1/kill-switch', ['operator', 'auditor', 'monitor']],
    ['PUT', '/v1/kill-switch', ['operator']],
    ['DELETE', '/v1/kill-switch', ['operator']],
    ['POST', '/v1/erasures', ['operator']],
    ['POST', '/v1/reverts', ['operator']],
    ['GET', '/v1/audit/checkpoint', ['operator', 'auditor']],
    ['GET', '/v1/audit/entries', ['operator', 'auditor']],
    ['GET', '/v1/audit/inclusion', ['operator', 'auditor']],
    ['GET', '/v1/audit/consistency', ['operator', 'auditor']],
    ['GET', '/v1/audit/export', ['operator', 'auditor']],
    ['GET', '/v1/readiness', ['operator', 'auditor', 'monitor']],
  ];

  it.each(routes)('%s %s: those and nobody else', async (method, path, allowed) => {
    const { url } = await serve();
    const body = method === 'GET' ? {} : { body: '{}' };
    const call = (headers = {}) => fetch(`${url}${path}`, { method, headers: { ...json, ...headers }, ...body });
    expect((await call()).status).toBe(401);
    expect((await call({ authorization: 'Bearer nonsense' })).status).toBe(401);
    expect((await call({ authorization: `Basic ${secretOf('operator')}` })).status).toBe(401);
    for (const role of ['operator', 'auditor', 'org', 'monitor'] as const) {
      const { status } = await call(bearer(role));
      expect([role, status === 401 || status === 403]).toEqual([role, !allowed.includes(role)]);
    }
  });

  it('an org reads its own handoffs only', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(served);
    await post(`${served.url}/v1/handoffs`, message);
    const path = `/v1/handoffs/${offer.claims.txn}`;
    const ask = (query: string, role: AccessRole) => fetch(`${served.url}${path}${query}`, { headers: bearer(role) });
    expect((await ask('', 'org')).status).toBe(200);
    expect((await ask(`?org=${encodeURIComponent(otherOrgParty)}`, 'operator')).status).toBe(404);
    expect((await ask(`?org=${encodeURIComponent(orgParty)}`, 'operator')).status).toBe(200);
    expect(await problemOf(await ask('', 'operator'))).toEqual([400, 'request_invalid', 'org']);
  });
});

describe('operating', () => {
  it('stops, and releases, with the name of who did it', async () => {
    const { url } = await serve();
    const scope = { kind: 'agent', name: 'Some_Agent' };
    const send = (method: string, body: unknown) =>
      fetch(`${url}/v1/kill-switch`, {
        method,
        headers: { ...json, ...bearer('operator') },
        body: JSON.stringify(body),
      });
    const orders = async () => {
      const response = await fetch(`${url}/v1/kill-switch`, { headers: bearer('monitor') });
      return ((await response.json()) as { orders: unknown[] }).orders;
    };
    expect((await send('PUT', { scope, reason: 'drill' })).status).toBe(204);
    expect(await orders()).toMatchObject([{ scope, by: 'the operator', reason: 'drill' }]);
    expect((await send('DELETE', { scope })).status).toBe(204);
    expect(await orders()).toEqual([]);
    expect(await problemOf(await send('PUT', { scope: { kind: 'everything' }, reason: 'x' }))).toEqual([
      400,
      'body_malformed',
    ]);
  });

  it('exports a log that its checkpoint proves, entry for entry', async () => {
    const { url, bridge } = await serve();
    await bridge.store.transaction(({ audit }) => {
      const event: AuditEvent = {
        version: 1,
        txn: '00000000-0000-4000-8000-000000000000',
        party: bridge.party,
        at: 1,
        event: 'kill.engaged',
        actor: randomBytes(4).toString('hex'),
        content_sha256: '0'.repeat(64),
      };
      audit.append(event, event, event);
      return Promise.resolve();
    });
    const get = (path: string) => fetch(`${url}${path}`, { headers: bearer('auditor') });
    const lines = (await (await get('/v1/audit/export')).text()).trim().split('\n');
    const entries = lines.slice(0, -1).map((line) => JSON.parse(line) as { event: AuditEvent; salt: string });
    const { checkpoint } = JSON.parse(lines.at(-1) ?? '') as { checkpoint: string };
    const head = valueOf(await openCheckpoint(checkpoint, logTrust.origin, logTrust.keys));
    const leaves = entries.map(({ event, salt }) => leafHash(commitmentOf(event, salt)));
    expect([head.size, head.root]).toEqual([leaves.length, rootHash(leaves)]);
    const index = head.size - 2;
    const response = await get(`/v1/audit/inclusion?index=${String(index)}&size=${String(head.size)}`);
    const { proof } = (await response.json()) as { proof: string[] };
    const hashes = proof.map((hash) => new Uint8Array(Buffer.from(hash, 'hex')));
    const leaf = leaves[index] ?? new Uint8Array();
    expect(verifyInclusion({ index, size: head.size, leaf, root: head.root }, hashes)).toBe(true);
    expect(await problemOf(await get('/v1/audit/inclusion?index=5&size=2'))).toEqual([400, 'request_invalid']);
    expect(await problemOf(await get('/v1/audit/consistency?from=0&size=2'))).toEqual([400, 'request_invalid']);
    expect((await get('/v1/audit/consistency?from=1&size=2')).status).toBe(200);
  });

  it('erases a person, who is then gone from what is told', async () => {
    const served = await serve();
    served.bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const subject = '0055g00000GoNeAAAV';
    const { offer, message } = await offerTo(served, { claims: { sub: '0055g00000ErAsEAAV' } });
    await post(`${served.url}/v1/handoffs`, message);
    const erase = (who: string) =>
      post(`${served.url}/v1/erasures`, { org: orgParty, subject: who }, bearer('operator'));
    expect(await (await erase(subject)).json()).toEqual({ destroyed: 0 });
    expect(await (await erase(offer.claims.sub)).json()).toEqual({ destroyed: 1 });
    const response = await fetch(`${served.url}/v1/handoffs/${offer.claims.txn}`, { headers: bearer('org') });
    expect(await problemOf(response)).toEqual([410, 'erased']);
  });
});
