import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import type { ApprovalClaims, Signer, Verified } from '@agent-readiness/protocol/handoff';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { engageKillSwitch, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { wake } from '../../src/app/run/wake.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { drain, refund } from '../support/handOff.ts';
import { ids, newApproval, newOffer } from '../support/offers.ts';
import { bridgeSigner, orgParty, strangerSigner } from '../support/parties.ts';
import { openStore, type SentJob } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

/** A handoff whose plan waits for a person. */
async function waiting(bridge: TestBridge) {
  bridge.model.behaviours.splice(0, 9, answer(JSON.stringify(refund)));
  const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs() });
  const received = await receiveOffer(bridge, message);
  if (!('key' in received)) throw new Error('not taken');
  const { key } = received;
  await runHandoff(bridge, key, { drain });
  const { result } = await verifyAnswer(bridge, offer, await answerOffer(bridge, key, offer.sha256));
  if (result === undefined) throw new Error('no result');
  return { key, offer, result };
}

/** What the org finds when it asks. */
async function finalOf(bridge: TestBridge, key: { org: string; txn: string }) {
  const given = await answerOffer(bridge, key);
  const { disposition, reason } = JSON.parse(given?.payload ?? '{}') as Record<string, unknown>;
  return { status: given?.status, disposition, reason };
}

describeOnBothDatabases('an approval', (get) => {
  const open = (): TestBridge => createTestBridge(openStore(get().database));
  const decide = async (
    bridge: TestBridge,
    result: Verified<'result'>,
    claims: Partial<ApprovalClaims> = {},
    signer?: Signer,
  ) => receiveApproval(bridge, await newApproval(result, bridge.clock.nowMs(), claims, signer));

  it('of the wrong person or over another plan changes nothing, and is recorded', async () => {
    const bridge = open();
    const { key, result } = await waiting(bridge);
    const refused = (code: string) => ({ kind: 'refused', code });
    expect(await decide(bridge, result, { sub: ids.requester })).toEqual(refused('approver_is_requester'));
    expect(await decide(bridge, result, { sub: ids.agentUser })).toEqual(refused('approver_is_agent'));
    expect(await decide(bridge, result, { sub: ids.integrationUser })).toEqual(refused('approver_is_integration_user'));
    expect(await decide(bridge, result, { over: '0'.repeat(64) })).toEqual(refused('approval_plan_mismatch'));
    expect(await decide(bridge, result, {}, strangerSigner)).toEqual({ kind: 'unverified', code: 'issuer_unknown' });
    expect(await decide(bridge, result, { prev: '0'.repeat(64) }).catch(() => 'not signed')).toBe('not signed');
    expect(await finalOf(bridge, key)).toMatchObject({ status: 'approval_required' });
    expect(bridge.org.calls()).toBe(0);
    const events = await bridge.store.transaction(({ audit }) => audit.entriesOf(key.txn));
    expect(events.filter(({ event }) => event.event === 'gate.refused').map(({ event }) => event.actor)).toEqual([
      ids.requester,
      ids.agentUser,
      ids.integrationUser,
      ids.approver,
    ]);
    expect(bridge.alarms).toEqual([
      'approver_is_requester',
      'approver_is_agent',
      'approver_is_integration_user',
      'approval_plan_mismatch',
    ]);
  });

  it('that the bridge signed itself is none', async () => {
    const bridge = open();
    const { result } = await waiting(bridge);
    await expect(decide(bridge, result, {}, bridgeSigner)).rejects.toThrow('issuer_role');
  });

  it('is used once, however many arrive at once', async () => {
    const bridge = open();
    const { key, result } = await waiting(bridge);
    const approvals = await Promise.all(
      Array.from({ length: 5 }, () => newApproval(result, bridge.clock.nowMs(), { jti: randomUUID() })),
    );
    const received = await Promise.all(approvals.map((approval) => receiveApproval(bridge, approval)));
    expect(received.filter(({ kind }) => kind === 'approved')).toHaveLength(1);
    await Promise.all(Array.from({ length: 3 }, () => runHandoff(bridge, key, { drain })));
    expect(bridge.org.writes).toHaveLength(1);
    expect(await decide(bridge, result)).toEqual({ kind: 'refused', code: 'approval_reused' });
    const [first = ''] = approvals;
    expect((await receiveApproval(bridge, first)).kind).toMatch(/repeated|refused/);
    expect(bridge.org.calls()).toBe(1);
  });

  it('that says no ends it, and the answer follows the decision', async () => {
    const bridge = open();
    const { key, result } = await waiting(bridge);
    expect(await decide(bridge, result, { decision: 'rejected' })).toEqual({ kind: 'rejected', key });
    expect(await finalOf(bridge, key)).toEqual({
      status: 'finished',
      disposition: 'denied',
      reason: 'approval_rejected',
    });
    expect(bridge.org.calls()).toBe(0);
  });

  it('that nobody gives in time is a no', async () => {
    const bridge = open();
    const { key, result } = await waiting(bridge);
    // A day less a minute: the test's clock goes on by itself, on a slow machine for seconds.
    bridge.clock.move(86_340_000);
    await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
    expect(await finalOf(bridge, key)).toMatchObject({ status: 'approval_required' });
    bridge.clock.move(61_000);
    expect(await decide(bridge, result)).toEqual({ kind: 'refused', code: 'approval_expired' });
    await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
    expect(await finalOf(bridge, key)).toEqual({
      status: 'finished',
      disposition: 'denied',
      reason: 'approval_expired',
    });
    expect(bridge.org.calls()).toBe(0);
  });

  it('is asked for again, once, when half of the time is over', async () => {
    const sent: SentJob[] = [];
    const bridge = createTestBridge(openStore(get().database, sent));
    const { key } = await waiting(bridge);
    const escalations = async () => {
      const events = await bridge.store.transaction(({ audit }) => audit.entriesOf(key.txn));
      return events.filter(({ event }) => event.event === 'gate.escalated').length;
    };
    bridge.clock.move(40_000_000);
    await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
    expect([await escalations(), bridge.alarms]).toEqual([0, []]);
    bridge.clock.move(4_000_000);
    sent.length = 0;
    await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
    await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
    expect([await escalations(), bridge.alarms]).toEqual([1, ['approval_waiting']]);
    expect(sent.filter(({ kind }) => kind === 'deliver')).toHaveLength(1);
    expect(await finalOf(bridge, key)).toMatchObject({ status: 'approval_required' });
  });

  it('does not start what somebody has stopped', async () => {
    const bridge = open();
    const { key, result } = await waiting(bridge);
    const scope = { kind: 'agent', name: 'Order_Agent' } as const;
    const stop = () => engageKillSwitch(bridge, { scope, by: 'operator', reason: 'drill' });
    await stop();
    expect(await decide(bridge, result)).toEqual({ kind: 'refused', code: 'kill_switch' });
    await releaseKillSwitch(bridge, scope, 'operator');
    expect((await decide(bridge, result)).kind).toBe('approved');
    // Stopped between the approval and the write: it waits, and goes on when it is released.
    await stop();
    await runHandoff(bridge, key, { drain });
    expect([bridge.org.calls(), (await finalOf(bridge, key)).status]).toEqual([0, 'accepted']);
    await releaseKillSwitch(bridge, scope, 'operator');
    bridge.clock.move(60_000);
    await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
    expect([bridge.org.writes.length, (await finalOf(bridge, key)).disposition]).toEqual([1, 'executed']);
  });

  it('leads to one write, whatever the org does in between', async () => {
    const bridge = open();
    for (const [faults, disposition, reason, writes] of [
      [['before', 'before'], 'executed', '', 1],
      [['after', 'after'], 'executed', '', 1],
      [['before', 'after', 'before'], 'executed', '', 1],
      [['rejects'], 'errored', 'org_rejected', 0],
      [['before', 'rejects'], 'errored', 'org_rejected', 0],
    ] as const) {
      const { key, result } = await waiting(bridge);
      const before = bridge.org.writes.length;
      bridge.org.faults.push(...faults);
      await decide(bridge, result);
      await runHandoff(bridge, key, { drain });
      expect(await finalOf(bridge, key)).toEqual({ status: 'finished', disposition, reason });
      expect(bridge.org.writes.length - before).toBe(writes);
    }
  });

  it('is proven by the result, which follows it', async () => {
    const bridge = open();
    const { key, result, offer } = await waiting(bridge);
    const compact = await newApproval(result, bridge.clock.nowMs());
    await receiveApproval(bridge, compact);
    await runHandoff(bridge, key, { drain });
    const stored = await bridge.store.transaction(({ handoffs }) => handoffs.objects(key));
    expect(stored.map(({ kind }) => kind)).toEqual(['offer', 'accept', 'result', 'approval']);
    const given = await answerOffer(bridge, key, offer.sha256);
    const sha256 = stored[3]?.sha256 ?? '';
    const previous: Verified<'approval'> = {
      kind: 'approval',
      compact,
      sha256,
      claims: JSON.parse(Buffer.from(compact.split('.')[1] ?? '', 'base64url').toString()) as ApprovalClaims,
      previous: result,
    };
    const { result: final } = await verifyAnswer(bridge, offer, given, previous);
    expect(final?.claims).toMatchObject({ disposition: 'executed', approvals: [sha256], prev: sha256 });
    expect(final?.claims.effects.map(({ operation, object, status }) => [operation, object, status])).toEqual([
      ['create', 'Refund__c', 'confirmed'],
      ['update', 'Case', 'confirmed'],
    ]);
    expect(final?.claims.aud).toBe(orgParty);
  });
});
