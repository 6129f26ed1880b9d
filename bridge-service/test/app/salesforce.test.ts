import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeOrg } from '@agent-readiness/testkit';
import { createSalesforceOrg } from '../../src/adapters/salesforce/salesforceOrg.ts';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { engageKillSwitch, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { revertHandoff } from '../../src/app/operate/revert.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import type { HandoffKey } from '../../src/ports/outbox.ts';
import type { OrgPort } from '../../src/ports/org.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { startSalesforce } from '../support/fakeSalesforce.ts';
import { must } from '../support/must.ts';
import { ids, newApproval, newOffer, refundGrants } from '../support/offers.ts';
import { orgParty } from '../support/parties.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

const refund = { decision: 'refund', amount: 59.9, reason: 'Damaged on arrival', confidence: 0.95, quotes: [] };
const drain = new AbortController().signal;

let org: FakeOrg;
let salesforce: OrgPort;
let orderId: string;
beforeAll(async () => {
  const started = await startSalesforce();
  ({ org } = started);
  salesforce = createSalesforceOrg(new Map([[orgParty, started.clientFor()]]));
  orderId = org.table('Order').insert({ OrderNumber: '10023' });
});
afterAll(() => org.close());

describeOnBothDatabases('write-back to an org', (get) => {
  /** A bridge of these fakes, with a real org beyond real HTTP. */
  const open = () => {
    const bridge = createTestBridge(openStore(get().database));
    bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    return { ...bridge, org: { ...bridge.org, ...salesforce } };
  };

  /** A handoff about a case of the org, up to the plan. */
  const planned = async (bridge: TestBridge) => {
    const caseId = org.table('Case').insert({ Subject: 'Lamp', Status: 'New' });
    const [create, update] = refundGrants;
    const payload = JSON.stringify({
      case: { id: caseId, subject: 'Lamp', description: 'The foot is cracked.' },
      order: { id: orderId },
      policy: { id: ids.policy },
    });
    const grants = [must(create), { ...must(update), recordIds: [caseId] }];
    const claims = { authorization_details: grants, sub: ids.requester };
    const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs(), payload, claims });
    const received = await receiveOffer(bridge, message);
    if (!('key' in received)) throw new Error('not taken');
    await runHandoff(bridge, received.key, { drain });
    const { result } = await verifyAnswer(bridge, offer, await answerOffer(bridge, received.key, offer.sha256));
    return { key: received.key, caseId, result: must(result) };
  };
  const approve = async (bridge: TestBridge, { key, result }: Awaited<ReturnType<typeof planned>>) => {
    await receiveApproval(bridge, await newApproval(result, bridge.clock.nowMs()));
    await runHandoff(bridge, key, { drain });
    const payload = must(await answerOffer(bridge, key)).payload ?? '{}';
    return JSON.parse(payload) as { disposition?: string; reason?: string };
  };
  const statusOf = (caseId: string) => must(org.table('Case').get(caseId))['Status'];
  const refundsOf = ({ txn }: HandoffKey) =>
    org
      .table('Handoff_Effect__c')
      .all.filter(({ Txn__c, Object__c }) => Txn__c === txn && Object__c === 'Refund__c')
      .map(({ Record_Id__c }) => must(org.table('Refund__c').get(String(Record_Id__c))));

  it('does what was approved, and the plan shows what it replaces', async () => {
    const bridge = open();
    const plan = await planned(bridge);
    const asked = JSON.parse(must(await answerOffer(bridge, plan.key)).payload ?? '') as { plan?: unknown };
    expect(asked.plan).toMatchObject({
      arguments: {
        effects: [
          { operation: 'create', object: 'Refund__c' },
          {
            operation: 'update',
            recordId: plan.caseId,
            fields: { Status: 'Refund approved' },
            before: { Status: 'New' },
          },
        ],
      },
    });
    expect([statusOf(plan.caseId), refundsOf(plan.key)]).toEqual(['New', []]);
    expect(await approve(bridge, plan)).toMatchObject({ disposition: 'executed', reason: '' });
    expect(statusOf(plan.caseId)).toBe('Refund approved');
    expect(refundsOf(plan.key)).toMatchObject([{ Amount__c: 59.9, Order__c: orderId, Status__c: 'Approved' }]);
  });

  it('does not overwrite what somebody has changed since', async () => {
    const bridge = open();
    const plan = await planned(bridge);
    org.table('Case').update(plan.caseId, { Status: 'Working' });
    expect(await approve(bridge, plan)).toMatchObject({ disposition: 'errored', reason: 'record_changed' });
    expect([statusOf(plan.caseId), refundsOf(plan.key)]).toEqual(['Working', []]);
  });

  it('makes no plan over a record that it cannot read', async () => {
    const bridge = open();
    org.faults.next({ kind: 'error', errorCode: 'INSUFFICIENT_ACCESS' }, { path: '/composite' });
    const before = org.table('Handoff_Effect__c').all.length;
    const { result } = await planned(bridge);
    expect(result.claims).toMatchObject({ disposition: 'errored', effects: [] });
    expect(org.table('Handoff_Effect__c').all.length).toBe(before);
  });

  it('is undone on request, once, and recorded before it happens', async () => {
    const bridge = open();
    const plan = await planned(bridge);
    expect(await revertHandoff(bridge, plan.key, 'operator')).toEqual({ kind: 'refused', code: 'nothing_done' });
    await approve(bridge, plan);
    const writing: TestBridge = {
      ...bridge,
      org: {
        ...bridge.org,
        async write(write, signal) {
          const entries = await bridge.store.transaction(({ audit }) => audit.entriesOf(plan.key.txn));
          expect(entries.map(({ event }) => [event.event, event.actor])).toContainEqual([
            'revert.dispatched',
            'operator',
          ]);
          return bridge.org.write(write, signal);
        },
      },
    };
    expect(await revertHandoff(writing, plan.key, 'operator')).toEqual({ kind: 'reverted' });
    expect(statusOf(plan.caseId)).toBe('New');
    expect(refundsOf(plan.key)).toMatchObject([{ IsDeleted: true }, { IsDeleted: true }]);
    const rows = org.table('Handoff_Effect__c').all.length;
    org.table('Case').update(plan.caseId, { Status: 'Working' });
    expect(await revertHandoff(bridge, plan.key, 'operator')).toEqual({ kind: 'reverted' });
    expect([statusOf(plan.caseId), org.table('Handoff_Effect__c').all.length]).toEqual(['Working', rows]);
  });

  it('is not undone over a newer change, while stopped, or when nobody can read what was done', async () => {
    const bridge = open();
    const plan = await planned(bridge);
    await approve(bridge, plan);
    const revert = () => revertHandoff(bridge, plan.key, 'operator');
    const scope = { kind: 'agent', name: 'Order_Agent' } as const;
    await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'drill' });
    expect(await revert()).toEqual({ kind: 'refused', code: 'kill_switch' });
    await releaseKillSwitch(bridge, scope, 'operator');
    org.table('Case').update(plan.caseId, { Status: 'Closed' });
    expect(await revert()).toEqual({ kind: 'refused', code: 'record_changed' });
    expect(refundsOf(plan.key)).toMatchObject([{ IsDeleted: false }]);
    const unknown = { ...plan.key, txn: '00000000-0000-4000-8000-000000000000' };
    expect(await revertHandoff(bridge, unknown, 'operator')).toEqual({ kind: 'refused', code: 'unknown_handoff' });
    await erasePerson(bridge, { org: orgParty, subject: ids.requester }, 'operator');
    await expect(revert()).rejects.toMatchObject({ name: 'ErasedError' });
  });
});
