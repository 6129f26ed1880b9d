import { afterEach, beforeEach, expect, it } from '@jest/globals';
import type { FakeOrg } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { refusal, RestClient } from './restClient.ts';

let org: FakeOrg;
let admin: RestClient;

beforeEach(async () => {
  org = await startExampleOrg();
  admin = new RestClient(org, org.users.administrator.id);
});

afterEach(async () => {
  expect(org.faults.waiting).toEqual([]);
  await org.close();
});

const create = () => admin.call('POST', '/sobjects/Account', { Name: 'Acme' });
const count = () => org.table('Account').all.length;

it.each([
  ['REQUEST_LIMIT_EXCEEDED', 403],
  ['SERVER_UNAVAILABLE', 503],
  ['UNKNOWN_EXCEPTION', 500],
  ['UNABLE_TO_LOCK_ROW', 400],
] as const)('answers %s and does nothing', async (errorCode, status) => {
  org.faults.next({ kind: 'error', errorCode, message: 'planned' });
  expect(await create()).toEqual(refusal(status, errorCode, 'planned'));
  expect(count()).toBe(0);
  expect(await create()).toMatchObject({ status: 201 });
});

it('answers with a page that is no JSON', async () => {
  org.faults.next({ kind: 'status', status: 502 });
  const response = await fetch(`${org.url}/services/data`);
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    502,
    'text/html',
    '<html><body>The service is not available</body></html>',
  ]);
});

it('breaks the connection before it does anything', async () => {
  org.faults.next({ kind: 'reset', when: 'before' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(count()).toBe(0);
});

it('breaks the connection after it has done everything', async () => {
  org.faults.next({ kind: 'reset', when: 'after' });
  await expect(create()).rejects.toThrow('fetch failed');
  expect(count()).toBe(1);
});

it('breaks off in the middle of an answer', async () => {
  org.faults.next({ kind: 'truncatedBody' });
  await expect(create()).rejects.toThrow('terminated');
  expect(count()).toBe(1);
});

it('sends an answer in pieces, whole in the end', async () => {
  org.faults.next({ kind: 'slowBody', pieces: 5, msBetween: 1 });
  expect(await create()).toMatchObject({ status: 201, body: { success: true } });
});

it('answers late, and not at all to a client that has gone', async () => {
  org.faults.next({ kind: 'latency', ms: 60_000 });
  const signal = AbortSignal.timeout(50);
  await expect(fetch(`${org.url}/services/data`, { signal })).rejects.toThrow('aborted due to timeout');
});

it('ends the session', async () => {
  org.faults.next({ kind: 'sessionExpired' });
  const expired = refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  expect(await create()).toEqual(expired);
  expect(await create()).toEqual(expired);
});

it('leaves the end of a composite answer out', async () => {
  org.faults.next({ kind: 'halfAnsweredComposite', answered: 1 });
  const insert = (referenceId: string): object => ({
    method: 'POST',
    url: '/services/data/v68.0/sobjects/Account',
    referenceId,
    body: { Name: referenceId },
  });
  const { body } = await admin.call('POST', '/composite', { compositeRequest: [insert('a'), insert('b')] });
  expect(body).toMatchObject({ compositeResponse: [{ referenceId: 'a' }] });
  expect((body as { compositeResponse: object[] }).compositeResponse).toHaveLength(1);
  expect(count()).toBe(2);
});

it('meets only the requests it is meant for, as often as planned', async () => {
  org.faults.next({ kind: 'error', errorCode: 'SERVER_UNAVAILABLE' }, { method: 'POST', path: '/sobjects/Account' }, 2);
  org.faults.next({ kind: 'error', errorCode: 'SERVER_UNAVAILABLE' }, { path: /\/limits$/ });
  const read = () => admin.query('SELECT Id FROM Account');
  const statuses = [];
  for (const call of [read, create, create, create, read]) statuses.push((await call()).status);
  expect(statuses).toEqual([200, 503, 503, 201, 200]);
  expect(org.faults.waiting).toHaveLength(1);
  expect(await admin.call('GET', '/limits')).toMatchObject({ status: 503 });
  expect(
    org.requests.map(({ method, path, status, fault }) => [method, path.split('/').at(-1), status, fault]),
  ).toEqual([
    ['GET', 'query', 200, undefined],
    ['POST', 'Account', 503, 'error'],
    ['POST', 'Account', 503, 'error'],
    ['POST', 'Account', 201, undefined],
    ['GET', 'query', 200, undefined],
    ['GET', 'limits', 503, 'error'],
  ]);
});
