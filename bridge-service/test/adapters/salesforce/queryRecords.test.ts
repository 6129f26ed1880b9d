import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeOrg, type FakeOrg } from '@agent-readiness/testkit';
import { createOrgClient } from '../../../src/adapters/salesforce/orgClient.ts';
import { createSalesforceOrg } from '../../../src/adapters/salesforce/salesforceOrg.ts';
import { systemClock } from '../../../src/adapters/system/systemClock.ts';
import type { OrgPort, OrgQuery } from '../../../src/ports/org.ts';
import { must } from '../../support/must.ts';
import { orgParty } from '../../support/parties.ts';

const { signal } = new AbortController();

let org: FakeOrg;
let salesforce: OrgPort;
let orderId: string;
beforeAll(async () => {
  org = await startFakeOrg({
    now: () => new Date('2026-11-23T12:00:00Z'),
    objects: [
      { name: 'Order', keyPrefix: '801', fields: [{ name: 'OrderNumber', type: 'string' }] },
      {
        name: 'Note__c',
        fields: [
          { name: 'Order__c', type: 'reference', referenceTo: ['Order'] },
          { name: 'Text__c', type: 'string' },
          { name: 'Hidden__c', type: 'string' },
        ],
      },
    ],
  });
  const user = org.users.add({
    username: 'bridge@example.com',
    grants: {
      system: ['ApiEnabled'],
      objects: { Order: ['read', 'viewAll'], Note__c: ['read', 'viewAll'] },
      fields: { 'Order.*': 'read', 'Note__c.Text__c': 'read', 'Note__c.Order__c': 'read' },
    },
  });
  org.clients.add({ clientId: 'bridge', clientSecret: 'secret', runAs: user.username });
  const login = { url: org.url, clientId: 'bridge', proof: { kind: 'secret', clientSecret: 'secret' } } as const;
  const client = createOrgClient({ login, apiVersion: '68.0', clock: systemClock, timeoutMs: 5_000 });
  salesforce = createSalesforceOrg(new Map([[orgParty, client]]));
  orderId = org.table('Order').insert({ OrderNumber: '10023' });
  for (const text of ['first', 'second', 'third']) org.table('Note__c').insert({ Order__c: orderId, Text__c: text });
});
afterAll(() => org.close());

const order = (change: Partial<OrgQuery> = {}): OrgQuery => ({
  org: orgParty,
  object: 'Order',
  fields: ['OrderNumber'],
  where: { field: 'Id', recordId: orderId },
  limit: 1,
  ...change,
});
const notes = (change: Partial<OrgQuery> = {}): OrgQuery =>
  order({
    object: 'Note__c',
    fields: ['Text__c'],
    where: { field: 'Order__c', recordId: orderId },
    limit: 2,
    ...change,
  });

describe('a query to the org', () => {
  it('brings one record by its id, the fields and nothing else', async () => {
    expect(await salesforce.query(order(), signal)).toEqual({
      kind: 'read',
      records: [{ id: orderId, fields: { OrderNumber: '10023' } }],
    });
    const none = order({ where: { field: 'Id', recordId: '801000000000009AAA' } });
    expect(await salesforce.query(none, signal)).toEqual({ kind: 'read', records: [] });
  });

  it('brings the newest of those that point at a record', async () => {
    const answer = await salesforce.query(notes(), signal);
    expect(answer.kind === 'read' && answer.records.map(({ fields }) => fields)).toEqual([
      { Text__c: 'third' },
      { Text__c: 'second' },
    ]);
  });

  it('sees what the integration user sees', async () => {
    const hidden = await salesforce.query(notes({ fields: ['Hidden__c'] }), signal);
    expect(hidden).toEqual({ kind: 'rejected', code: 'INVALID_FIELD' });
    const unknown = await salesforce.query(order({ object: 'Payroll__c' }), signal);
    expect(unknown).toEqual({ kind: 'rejected', code: 'INVALID_TYPE' });
  });

  it.each([
    ['an object', { object: 'Order WHERE x' }],
    ['a field', { fields: ['OrderNumber FROM Order'] }],
    ['a condition', { where: { field: 'Id', recordId: "x' OR Id != '" } }],
    ['a limit', { limit: 0.5 }],
  ])('is not sent with %s that could say more', async (_, change) => {
    const before = org.requests.length;
    expect(await salesforce.query(order(change), signal)).toEqual({ kind: 'rejected', code: 'QUERY_NOT_PLAIN' });
    expect(org.requests).toHaveLength(before);
  });

  it('says whether it may be tried again', async () => {
    org.faults.next({ kind: 'error', errorCode: 'REQUEST_LIMIT_EXCEEDED' }, { path: /query/ });
    expect(await salesforce.query(order(), signal)).toEqual({ kind: 'unavailable', code: 'REQUEST_LIMIT_EXCEEDED' });
    org.faults.next({ kind: 'truncatedBody' }, { path: /query/ });
    expect(await salesforce.query(order(), signal)).toEqual({ kind: 'unavailable', code: 'ORG_NO_ANSWER' });
    expect(org.faults.waiting).toEqual([]);
    const other = { ...order(), org: 'https://other.example.com/00D000000000002AAA' };
    expect(await salesforce.query(other, signal)).toEqual({ kind: 'rejected', code: 'ORG_NOT_CONFIGURED' });
    expect(must(org.requests.at(-1)).path).toContain('/query');
  });
});
