import { expect, it } from '@jest/globals';
import type { Message } from '@agent-readiness/protocol/handoff';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { receiveOffer, type Received } from '../../src/app/custody/receiveOffer.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { ids, newApproval, newOffer, refundGrants, type OfferOptions } from '../support/offers.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, policy, verifyAnswer, type TestBridge } from '../support/testBridge.ts';
import { orgParty, strangerSigner } from '../support/parties.ts';

const refund = { decision: 'refund', amount: 59.9, reason: 'Damaged on arrival', confidence: 0.95, quotes: [] };
const summary = { summary: 'Asks for the delivery date.', nextStep: 'Call.', quotes: [] };
const drain = new AbortController().signal;

/** From the offer to the answer, as the synchronous route does it. */
async function handOff(
  bridge: TestBridge,
  message: Message,
): Promise<{ readonly received: Received; readonly answer: Answer | undefined }> {
  const received = await receiveOffer(bridge, message);
  if (!('key' in received)) return { received, answer: undefined };
  if (received.kind === 'taken') await runHandoff(bridge, received.key, { drain });
  return { received, answer: await answerOffer(bridge, received.key, received.offerSha256) };
}

const eventsOf = (bridge: TestBridge, txn: string): Promise<readonly string[]> =>
  bridge.store.transaction(async ({ audit }) => (await audit.entriesOf(txn)).map(({ event }) => event.event));

describeOnBothDatabases('a handoff', (get) => {
  const open = (overrides: Partial<TestBridge> = {}): TestBridge =>
    createTestBridge(openStore(get().database), overrides);
  const offerTo = (bridge: TestBridge, options: Partial<OfferOptions> = {}) =>
    newOffer({ nowMs: bridge.clock.nowMs(), ...options });

  it('that writes nothing is accepted, thought about and answered in one go', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { offer, message } = await offerTo(bridge, { task: 'case-summary' });
    const { received, answer: given } = await handOff(bridge, message);
    const { accept, result } = await verifyAnswer(bridge, offer, given);

    expect([received.kind, given?.status]).toEqual(['taken', 'finished']);
    expect(accept?.claims).toMatchObject({
      owner: policy.owner,
      authorization_details: [],
      max_cost_usd_micros: 100_000,
    });
    expect(result?.claims).toMatchObject({ disposition: 'executed', effects: [], cost_usd_micros: 1_000 });
    expect(JSON.parse(given?.payload ?? '')).toEqual({
      disposition: 'executed',
      reason: '',
      answered_by: 'replay',
      output: summary,
    });
    expect(await eventsOf(bridge, offer.claims.txn)).toEqual([
      'verify.accepted',
      'authorise.accepted',
      'reserve.made',
      'guard_in.passed',
      'mask.done',
      'think.dispatched',
      'think.answered',
      'guard_out.passed',
      'unmask.done',
      'gate.allowed',
      'answer.signed',
    ]);
  });

  it('that writes waits for a person, and writes once when they say yes', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(refund)));
    const { offer, message } = await offerTo(bridge);
    const asked = await handOff(bridge, message);
    const { result } = await verifyAnswer(bridge, offer, asked.answer);
    if (result === undefined) throw new Error('no result');
    expect(asked.answer?.status).toBe('approval_required');
    expect(bridge.org.writes).toEqual([]);

    const decided = await receiveApproval(bridge, await newApproval(result, bridge.clock.nowMs()));
    expect(decided.kind).toBe('approved');
    await runHandoff(bridge, { org: orgParty, txn: offer.claims.txn }, { drain });
    const final = await answerOffer(bridge, { org: orgParty, txn: offer.claims.txn }, offer.sha256);
    expect(final?.status).toBe('finished');
    expect(bridge.org.writes.map(({ effects }) => effects)).toEqual([
      [
        {
          operation: 'create',
          object: 'Refund__c',
          fields: { Order__c: ids.order, Amount__c: 59.9, Reason__c: 'Damaged on arrival', Status__c: 'Approved' },
        },
        { operation: 'update', object: 'Case', recordId: ids.case, fields: { Status: 'Refund approved' } },
      ],
    ]);
    expect((await eventsOf(bridge, offer.claims.txn)).slice(8)).toEqual([
      'unmask.done',
      'gate.approval_required',
      'answer.signed',
      'gate.approved',
      'act.dispatched',
      'act.confirmed',
      'answer.signed',
    ]);
  });
});
