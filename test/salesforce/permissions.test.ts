import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startFakeOrg, type FakeOrg } from '@agent-readiness/testkit';
import { RestClient } from '../../testkit/test/org/restClient.ts';

const txn = '00000000-0000-4000-8000-000000000001';
const event = { Txn__c: txn, Kind__c: 'stopped', At__c: '2026-11-23T12:00:00.000Z', Code__c: 'kill_switch' };
const effect = {
  Key__c: 'k.00',
  Txn__c: txn,
  Operation__c: 'update',
  Object__c: 'Case',
  Record_Id__c: txn.slice(0, 18),
};

let org: FakeOrg;
let handoff: string;
let approval: string;
beforeAll(async () => {
  org = await startFakeOrg({ now: () => new Date('2026-11-23T12:00:00Z'), sources: ['force-app'] });
  handoff = org.table('Handoff__c').insert({ Txn__c: txn, Status__c: 'offered' });
  approval = org.table('Handoff_Approval__c').insert({
    Handoff__c: handoff,
    Plan_Sha256__c: '0'.repeat(64),
    Expires__c: '2026-11-24T12:00:00.000Z',
    Decision__c: 'pending',
  });
});
afterAll(async () => {
  await org.close();
});

/** Somebody with one permission set of the package, and a login to the API. */
function login(permissionSet: string): RestClient {
  const username = `${permissionSet.toLowerCase()}@example.com`;
  const known = org.users.find(username);
  if (known !== undefined) return new RestClient(org, known.id);
  const { id } = org.users.add({ username, grants: { system: ['ApiEnabled'] } });
  const set = org.table('PermissionSet').all.find(({ Name }) => Name === permissionSet);
  org.table('PermissionSetAssignment').insert({ AssigneeId: id, PermissionSetId: set?.['Id'] });
  return new RestClient(org, id);
}

/** What comes of an attempt: 2xx is allowed, anything else is not. */
async function may(permissionSet: string, method: string, path: string, body?: object): Promise<boolean> {
  const { status } = await login(permissionSet).call(method, path, body);
  return status < 300;
}

async function finds(permissionSet: string, object: string): Promise<number | undefined> {
  const { body } = await login(permissionSet).query(`SELECT Id FROM ${object}`);
  return (body as { totalSize?: number }).totalSize;
}

describe('the agent', () => {
  it('publishes to the journal, and neither lists nor writes handoffs', async () => {
    expect(await may('Handoff_Agent', 'POST', '/sobjects/Handoff_Event__e', event)).toBe(true);
    expect(await finds('Handoff_Agent', 'Handoff__c')).toBeUndefined();
    expect(await finds('Handoff_Agent', 'Handoff_Approval__c')).toBeUndefined();
    expect(await may('Handoff_Agent', 'POST', '/sobjects/Handoff__c', { Txn__c: 'x' })).toBe(false);
    expect(await may('Handoff_Agent', 'PATCH', `/sobjects/Handoff__c/${handoff}`, { Status__c: 'closed' })).toBe(false);
    expect(await may('Handoff_Agent', 'POST', '/sobjects/Handoff_Effect__c', effect)).toBe(false);
  });
});

describe('the bridge', () => {
  it('journals its effects once, and cannot change or remove them', async () => {
    expect(await may('Handoff_Integration', 'POST', '/sobjects/Handoff_Effect__c', effect)).toBe(true);
    expect(await may('Handoff_Integration', 'POST', '/sobjects/Handoff_Effect__c', effect)).toBe(false);
    const [row] = org.table('Handoff_Effect__c').all;
    const path = `/sobjects/Handoff_Effect__c/${String(row?.['Id'])}`;
    expect(await may('Handoff_Integration', 'PATCH', path, { Operation__c: 'read' })).toBe(false);
    expect(await may('Handoff_Integration', 'DELETE', path)).toBe(false);
  });

  it('does not read handoffs, and decides on no plan', async () => {
    expect(await finds('Handoff_Integration', 'Handoff__c')).toBeUndefined();
    const path = `/sobjects/Handoff_Approval__c/${approval}`;
    expect(await may('Handoff_Integration', 'PATCH', path, { Decision__c: 'approved' })).toBe(false);
  });
});

describe('people', () => {
  it.each(['Handoff_Reviewer', 'Handoff_Approver', 'Handoff_Administrator'])(
    '%s writes no decision into a field: the approval process does',
    async (permissionSet) => {
      const path = `/sobjects/Handoff_Approval__c/${approval}`;
      expect(await may(permissionSet, 'PATCH', path, { Decision__c: 'approved' })).toBe(false);
    },
  );

  it.each(['Handoff_Reviewer', 'Handoff_Approver', 'Handoff_Administrator'])(
    '%s does not rewrite what happened',
    async (permissionSet) => {
      const path = `/sobjects/Handoff__c/${handoff}`;
      expect(await may(permissionSet, 'PATCH', path, { Status__c: 'closed' })).toBe(false);
      expect(await may(permissionSet, 'DELETE', path)).toBe(false);
    },
  );

  it('a reviewer reads every handoff, an approver those of the own queue', async () => {
    expect(await finds('Handoff_Reviewer', 'Handoff__c')).toBe(1);
    expect(await finds('Handoff_Approver', 'Handoff__c')).toBe(0);
  });
});
