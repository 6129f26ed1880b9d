import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Fault, FakeOrg, FaultTarget } from '@agent-readiness/testkit';
import type { OrgClient } from '../../../src/adapters/salesforce/orgClient.ts';
import { createOrgClient } from '../../../src/adapters/salesforce/orgClient.ts';
import { createSalesforceOrg } from '../../../src/adapters/salesforce/salesforceOrg.ts';
import { systemClock } from '../../../src/adapters/system/systemClock.ts';
import type { JsonObject } from '../../../src/domain/json.ts';
import type { PlannedEffect } from '../../../src/domain/task/plannedEffect.ts';
import type { OrgPort, OrgWrite } from '../../../src/ports/org.ts';
import { startSalesforce } from '../../support/fakeSalesforce.ts';
import { must } from '../../support/must.ts';

jest.setTimeout(60_000);

const party = 'https://example.my.salesforce.com/00D5g000004ABCDEA4';
const signal = new AbortController().signal;
const composite: FaultTarget = { path: '/composite' };

let org: FakeOrg;
let clientFor: (timeoutMs?: number) => OrgClient;
let port: OrgPort;
let caseId: string;
let keys = 0;

const portOver = (client: OrgClient): OrgPort => createSalesforceOrg(new Map([[party, client]]));

beforeAll(async () => {
  ({ org, clientFor } = await startSalesforce());
});
afterAll(() => org.close());

beforeEach(() => {
  org.faults.clear();
  caseId = org.table('Case').insert({ Subject: 'Lamp', Status: 'New', Priority: 'Low' });
  port = portOver(clientFor());
});

const update = (before: JsonObject = { Status: 'New' }): PlannedEffect => ({
  operation: 'update',
  object: 'Case',
  recordId: caseId,
  fields: { Status: 'Refund approved' },
  before,
});
const create: PlannedEffect = {
  operation: 'create',
  object: 'Refund__c',
  fields: { Amount__c: 59.9, Reason__c: 'Damaged on arrival' },
};
const writeOf = (...effects: PlannedEffect[]): OrgWrite => {
  keys += 1;
  const effectKey = String(keys).padStart(64, '0');
  return {
    effectKey,
    earlierKeys: [],
    org: party,
    txn: `00000000-0000-4000-8000-${String(keys).padStart(12, '0')}`,
    effects,
  };
};
const statusOf = (id: string): unknown => org.table('Case').get(id)?.['Status'];
const refunds = (): number => org.table('Refund__c').all.length;
const rowsOf = ({ txn }: OrgWrite) => org.table('Handoff_Effect__c').all.filter(({ Txn__c }) => Txn__c === txn);

describe('reading', () => {
  it('gives the old values of what an effect writes, and all of what it deletes', async () => {
    const remove: PlannedEffect = { operation: 'delete', object: 'Case', recordId: caseId, fields: {} };
    const read = await port.read({ org: party, effects: [create, update(), remove] }, signal);
    if (read.kind !== 'read') throw new Error(read.code);
    expect(read.images.slice(0, 2)).toEqual([undefined, { Status: 'New' }]);
    expect(read.images[2]).toMatchObject({ Subject: 'Lamp', Status: 'New', Priority: 'Low', Id: caseId });
  });

  it('is refused with the code of the org', async () => {
    const gone = org.table('Case').insert({ Subject: 'Gone', Status: 'New' });
    org.table('Case').delete(gone);
    const of = (effect: Partial<PlannedEffect>) =>
      port.read({ org: party, effects: [{ ...update(), ...effect }] }, signal);
    expect(await of({ recordId: gone })).toEqual({ kind: 'rejected', code: 'NOT_FOUND' });
    expect(await of({ object: 'Account', recordId: '0015g00000AcCoUAAV' })).toEqual({
      kind: 'rejected',
      code: 'NOT_FOUND',
    });
    expect(await port.read({ org: 'https://other.example.com', effects: [update()] }, signal)).toEqual({
      kind: 'rejected',
      code: 'ORG_NOT_CONFIGURED',
    });
  });
});

describe('writing', () => {
  it('changes the records and inserts a row for each effect, in one transaction', async () => {
    const write = writeOf(create, update());
    const before = org.requests.length;
    const outcome = await port.write(write, signal);
    const refund = must(org.table('Refund__c').all.at(-1));
    expect(outcome).toEqual({
      kind: 'confirmed',
      effects: [
        { recordId: refund['Id'], after: { Amount__c: 59.9, Reason__c: 'Damaged on arrival' } },
        { recordId: caseId, after: { Status: 'Refund approved' } },
      ],
    });
    expect(
      rowsOf(write).map(({ Key__c, Operation__c, Object__c, Fields__c, Record_Id__c }) => [
        Key__c,
        Operation__c,
        Object__c,
        Fields__c,
        Record_Id__c,
      ]),
    ).toEqual([
      [`${write.effectKey}.00`, 'create', 'Refund__c', 'Amount__c,Reason__c', refund['Id']],
      [`${write.effectKey}.01`, 'update', 'Case', 'Status', caseId],
    ]);
    // Log in, look, write, look.
    expect(org.requests.slice(before).map(({ path }) => path.split('/').at(-1))).toEqual([
      'token',
      'composite',
      'composite',
      'composite',
    ]);
  });

  it('does it once, however often it is asked', async () => {
    const write = writeOf(create, update());
    const first = await port.write(write, signal);
    const count = refunds();
    expect(await port.write(write, signal)).toEqual(first);
    const others = await Promise.all([1, 2, 3].map(() => portOver(clientFor()).write(write, signal)));
    expect(others).toEqual([first, first, first]);
    expect([refunds() - count, rowsOf(write).length]).toEqual([0, 2]);
  });

  it('does nothing once another plan of the handoff was carried out, but for what undoes it', async () => {
    const write = writeOf(create);
    await port.write(write, signal);
    const count = refunds();
    const other = { ...write, effectKey: 'f'.repeat(64) };
    expect(await port.write(other, signal)).toEqual({ kind: 'rejected', code: 'WRITTEN_BEFORE' });
    expect([refunds() - count, rowsOf(write).length]).toEqual([0, 1]);
    const known = { ...other, earlierKeys: [write.effectKey] };
    expect(await port.write(known, signal)).toMatchObject({ kind: 'confirmed' });
    expect([refunds() - count, rowsOf(write).length]).toEqual([1, 2]);
  });

  it('does it once when many ask at the same time', async () => {
    const write = writeOf(create, update());
    const count = refunds();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => portOver(clientFor()).write(write, signal)));
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1);
    expect(outcomes[0]?.kind).toBe('confirmed');
    expect([refunds() - count, rowsOf(write).length]).toEqual([1, 2]);
  });

  it('deletes, and keeps a row of it', async () => {
    const refund = org
      .table('Refund__c')
      .insert({ Amount__c: 5, OwnerId: must(org.users.find('bridge@example.com')).id });
    const read = await port.read(
      { org: party, effects: [{ operation: 'delete', object: 'Refund__c', recordId: refund, fields: {} }] },
      signal,
    );
    if (read.kind !== 'read') throw new Error(read.code);
    const before = must(read.images[0]);
    const write = writeOf({ operation: 'delete', object: 'Refund__c', recordId: refund, fields: {}, before });
    const outcome = { kind: 'confirmed', effects: [{ recordId: refund }] };
    expect(await port.write(write, signal)).toEqual(outcome);
    expect(await port.write(write, signal)).toEqual(outcome);
    expect([must(org.table('Refund__c').get(refund))['IsDeleted'], rowsOf(write).length]).toEqual([true, 1]);
  });

  describe('is refused, and nothing changes,', () => {
    const refused = async (...effects: PlannedEffect[]) => {
      const write = writeOf(...effects);
      const before = [refunds(), org.table('Handoff_Effect__c').all.length];
      const outcome = await port.write(write, signal);
      expect([refunds(), org.table('Handoff_Effect__c').all.length]).toEqual(before);
      return outcome;
    };

    it('when a record is not what the plan was made over', async () => {
      expect(await refused(create, update({ Status: 'Working' }))).toEqual({
        kind: 'rejected',
        code: 'RECORD_CHANGED',
      });
      expect(await refused(create, { ...update(), before: {} })).toEqual({ kind: 'rejected', code: 'RECORD_CHANGED' });
      expect(statusOf(caseId)).toBe('New');
    });

    it('when a record changes between the look and the write', async () => {
      const racing: OrgClient = {
        ...clientFor(),
        post: async (path, body, at) => {
          const sent = await clientFor().post(path, body, at);
          if (!JSON.stringify(body).includes('"allOrNone":true')) {
            org.table('Case').update(caseId, { Status: 'Working' });
          }
          return sent;
        },
      };
      port = portOver(racing);
      expect(await refused(create, update())).toEqual({ kind: 'rejected', code: 'RECORD_CHANGED' });
      expect(statusOf(caseId)).toBe('Working');
    });

    it('when the org says no', async () => {
      org.rules.add('Refund__c', ({ record }) =>
        Number(record['Amount__c']) > 1_000 ? 'Too much for Maria Lopez' : undefined,
      );
      expect(await refused({ ...create, fields: { Amount__c: 5_000 } }, update())).toEqual({
        kind: 'rejected',
        code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION',
      });
      expect(await refused({ ...create, object: 'Account', fields: { Name: 'x' } })).toEqual({
        kind: 'rejected',
        code: 'NOT_FOUND',
      });
      expect(statusOf(caseId)).toBe('New');
    });

    it('when a plan is not plain', async () => {
      const notWritable = { kind: 'rejected', code: 'PLAN_NOT_WRITABLE' };
      const before = org.requests.length;
      expect(await refused()).toEqual(notWritable);
      expect(await refused({ ...create, fields: { Reason__c: 'see @{effect0.id}' } })).toEqual(notWritable);
      expect(await refused({ ...create, object: 'Case/x?a=b' })).toEqual(notWritable);
      expect(await refused({ ...create, fields: { 'Status,OwnerId': 'x' } })).toEqual(notWritable);
      expect(await refused({ ...update(), recordId: "5005g00000' OR Id" })).toEqual(notWritable);
      expect(await refused(...Array.from({ length: 6 }, () => update()))).toEqual(notWritable);
      expect(await refused(...Array.from({ length: 13 }, () => create))).toEqual(notWritable);
      expect(org.requests.length).toBe(before);
    });
  });

  describe('over a bad connection', () => {
    /** Asks again until there is a definite answer, as a run does. */
    const untilDefinite = async (write: OrgWrite) => {
      const kinds: string[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const { kind } = await port.write(write, signal);
        kinds.push(kind);
        if (kind === 'confirmed' || kind === 'rejected') break;
      }
      return kinds;
    };

    it.each([
      ['a look that is reset', [{ kind: 'reset', when: 'before' }], ['unavailable', 'confirmed']],
      ['a write that is reset before', [undefined, { kind: 'reset', when: 'before' }], ['unknown', 'confirmed']],
      ['a write that is reset after', [undefined, { kind: 'reset', when: 'after' }], ['confirmed']],
      ['a write whose answer is cut', [undefined, { kind: 'truncatedBody' }], ['confirmed']],
      ['half an answer', [undefined, { kind: 'halfAnsweredComposite', answered: 1 }], ['confirmed']],
      ['half a look', [{ kind: 'halfAnsweredComposite', answered: 1 }], ['unavailable', 'confirmed']],
      ['a page in between', [undefined, { kind: 'status', status: 502, body: '<html>' }], ['unknown', 'confirmed']],
      ['a session that ends', [undefined, { kind: 'sessionExpired' }], ['confirmed']],
      ['a limit', [undefined, { kind: 'error', errorCode: 'REQUEST_LIMIT_EXCEEDED' }], ['unavailable', 'confirmed']],
      ['a lock', [undefined, { kind: 'error', errorCode: 'UNABLE_TO_LOCK_ROW' }], ['unavailable', 'confirmed']],
      ['an unknown fault', [undefined, { kind: 'error', errorCode: 'UNKNOWN_EXCEPTION' }], ['unknown', 'confirmed']],
      [
        'no answer to anything after the write',
        [undefined, { kind: 'reset', when: 'after' }, { kind: 'reset', when: 'before' }],
        ['unknown', 'confirmed'],
      ],
    ] as const)('%s: one write', async (_name, faults, expected) => {
      const write = writeOf(create, update());
      const count = refunds();
      for (const fault of faults) org.faults.next(fault ?? { kind: 'latency', ms: 0 }, composite);
      expect(await untilDefinite(write)).toEqual(expected);
      expect([refunds() - count, rowsOf(write).length, statusOf(caseId)]).toEqual([1, 2, 'Refund approved']);
      expect(org.faults.waiting).toEqual([]);
    });

    it('any two faults, one after the other, wherever they strike: one write', async () => {
      const faults: readonly Fault[] = [
        { kind: 'latency', ms: 0 },
        { kind: 'reset', when: 'before' },
        { kind: 'reset', when: 'after' },
        { kind: 'truncatedBody' },
        { kind: 'halfAnsweredComposite', answered: 1 },
        { kind: 'status', status: 502, body: '<html>' },
        { kind: 'sessionExpired' },
        { kind: 'error', errorCode: 'REQUEST_LIMIT_EXCEEDED' },
        { kind: 'error', errorCode: 'UNKNOWN_EXCEPTION' },
      ];
      for (const first of faults) {
        for (const second of faults) {
          for (const at of [0, 1, 2]) {
            const write = writeOf(create);
            for (let skipped = 0; skipped < at; skipped += 1) org.faults.next({ kind: 'latency', ms: 0 }, composite);
            org.faults.next(first, composite);
            org.faults.next(second, composite);
            const kinds = await untilDefinite(write);
            expect([first, second, at, kinds.at(-1), rowsOf(write).length]).toEqual([
              first,
              second,
              at,
              'confirmed',
              1,
            ]);
            org.faults.clear();
          }
        }
      }
    });

    it('an answer that does not come is not waited for', async () => {
      port = portOver(clientFor(200));
      const write = writeOf(update());
      org.faults.next({ kind: 'latency', ms: 0 }, composite);
      org.faults.next({ kind: 'slowBody', pieces: 100, msBetween: 1_000 }, composite);
      expect((await port.write(write, signal)).kind).toBe('confirmed');
    });

    it('nothing is sent after the end of the time', async () => {
      const before = org.requests.length;
      const write = writeOf(update());
      expect(await port.write(write, AbortSignal.abort())).toEqual({ kind: 'unavailable', code: 'ORG_UNREACHABLE' });
      // One log-in may happen: it belongs to everybody.
      expect(org.requests.slice(before).filter(({ path }) => path.includes('composite'))).toEqual([]);
    });
  });
});

describe('the journal', () => {
  it('takes new rows from the integration user, and lets nobody of the kit change or remove one', async () => {
    const write = writeOf(create);
    await port.write(write, signal);
    const [row] = rowsOf(write);
    const rowId = String(must(row)['Id']);
    const client = clientFor();
    const over = async (method: string, body?: JsonObject) => {
      const part = { method, url: `${client.basePath}/sobjects/Handoff_Effect__c/${rowId}`, referenceId: 'row' };
      const compositeRequest = [body === undefined ? part : { ...part, body }];
      const sent = await client.post(`${client.basePath}/composite`, { allOrNone: true, compositeRequest }, signal);
      return JSON.stringify(sent.kind === 'answered' ? sent.body : sent.kind);
    };
    expect(await over('PATCH', { Record_Id__c: caseId })).toContain('INSUFFICIENT_ACCESS');
    expect(await over('DELETE')).toContain('INSUFFICIENT_ACCESS');
    expect(rowsOf(write)).toEqual([row]);
  });
});

describe('logging in', () => {
  const keyFile = (name: string): string =>
    readFileSync(new URL(`../../../../scripts/vectors/testOnlyKeys/${name}`, import.meta.url), 'utf8');

  it('by a signed assertion', async () => {
    const username = 'bridge@example.com';
    org.clients.add({ clientId: 'by key', certificate: keyFile('bridge.cert.pem'), preauthorized: [username] });
    const over = (user: string) =>
      portOver(
        createOrgClient({
          login: {
            url: org.url,
            clientId: 'by key',
            proof: { kind: 'key', username: user, privateKey: keyFile('bridge.key.pem') },
          },
          apiVersion: '68.0',
          clock: systemClock,
          timeoutMs: 5_000,
        }),
      ).read({ org: party, effects: [update()] }, signal);
    expect(await over(username)).toEqual({ kind: 'read', images: [{ Status: 'New' }] });
    expect(await over('admin@example.com')).toEqual({ kind: 'unavailable', code: 'ORG_UNREACHABLE' });
  });

  it('once for many, and again when the session has ended', async () => {
    const before = org.requests.length;
    const read = () => port.read({ org: party, effects: [update()] }, signal);
    await Promise.all(Array.from({ length: 10 }, read));
    org.sessions.expire();
    await Promise.all(Array.from({ length: 10 }, read));
    expect(org.requests.slice(before).filter(({ path }) => path.endsWith('/token'))).toHaveLength(2);
  });
});
