import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { manifestSha256 } from '@agent-readiness/protocol';
import { sql } from 'kysely';
import type { Message } from '@agent-readiness/protocol/handoff';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import type { Answer } from '../../src/domain/answer.ts';
import { receiveOffer, type Received } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { engageKillSwitch, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer, createFakeModel, fails, hangs, type Behaviour } from '../support/fakeModel.ts';
import { secretName } from '../support/fakeSafeguards.ts';
import {
  ids,
  manifest,
  newApproval,
  newOffer,
  refundGrants,
  summaryInput,
  type OfferOptions,
} from '../support/offers.ts';
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

  describe('asked again', () => {
    it('gives the same answer to the same offer, and runs nothing', async () => {
      const bridge = open();
      bridge.model.behaviours.push(answer(JSON.stringify(summary)));
      const { message } = await offerTo(bridge, { task: 'case-summary' });
      const [first, second] = [await handOff(bridge, message), await handOff(bridge, message)];
      expect(second.received.kind).toBe('repeated');
      expect(second.answer).toEqual(first.answer);
      expect(bridge.model.requests).toHaveLength(1);
    });

    it('signs the answer over a retry, and runs nothing', async () => {
      const bridge = open();
      bridge.model.behaviours.push(answer(JSON.stringify(summary)));
      const first = await offerTo(bridge, { task: 'case-summary' });
      const earlier = await handOff(bridge, first.message);
      bridge.clock.move(300_000);
      const { claims } = first.offer;
      const iat = Math.floor(bridge.clock.nowMs() / 1_000);
      const again = { ...claims, iat, nbf: iat, exp: iat + 120, jti: randomUUID(), att: 2 };
      const retry = await offerTo(bridge, { task: 'case-summary', claims: again });
      const { received, answer: given } = await handOff(bridge, retry.message);
      const { result } = await verifyAnswer(bridge, retry.offer, given);
      expect(received.kind).toBe('repeated');
      expect(given?.payload).toBe(earlier.answer?.payload);
      expect(result?.claims).toMatchObject({ disposition: 'executed', cost_usd_micros: 1_000 });
      expect(bridge.model.requests).toHaveLength(1);
    });

    it('refuses another offer under a known jti or txn, and raises an alarm', async () => {
      const bridge = open();
      bridge.model.behaviours.push(answer(JSON.stringify(summary)));
      const { offer, message } = await offerTo(bridge, { task: 'case-summary' });
      await handOff(bridge, message);
      const { jti, txn } = offer.claims;
      const otherPurpose = { ...offer.claims.tctx, purpose: 'Something else' };
      const sameJti = await offerTo(bridge, { task: 'case-summary', claims: { jti } });
      const sameTxn = await offerTo(bridge, { task: 'case-summary', claims: { txn, tctx: otherPurpose } });
      expect((await handOff(bridge, sameJti.message)).received).toEqual({ kind: 'conflict', code: 'jti_reused' });
      expect((await handOff(bridge, sameTxn.message)).received).toEqual({ kind: 'conflict', code: 'txn_changed' });
      expect(bridge.alarms).toEqual(['jti_reused', 'txn_changed']);
      expect((await eventsOf(bridge, txn)).at(-1)).toBe('verify.conflict');
    });

    it('runs once when many copies arrive at once, on two replicas', async () => {
      const { another, database } = get();
      const model = createFakeModel(answer(JSON.stringify(summary)));
      const replicas = [database, another === undefined ? database : await another()].map((each, at) =>
        createTestBridge(openStore(each), { model, replica: `replica ${String(at)}` }),
      );
      const { message } = await newOffer({ nowMs: 1_800_000_000_000, task: 'case-summary' });
      const kinds = await Promise.all(
        Array.from({ length: 10 }, (_, at) => replicas[at % 2])
          .filter((replica) => replica !== undefined)
          .map(async (replica) => (await handOff(replica, message)).received.kind),
      );
      expect(kinds.sort()).toEqual([...Array.from({ length: 9 }, () => 'repeated'), 'taken']);
      expect(model.requests).toHaveLength(1);
    });
  });

  describe('is not taken', () => {
    const refusal = async (bridge: TestBridge, options: Partial<OfferOptions>) => {
      const { offer, message } = await offerTo(bridge, options);
      const { answer: given } = await handOff(bridge, message);
      const { refuse } = await verifyAnswer(bridge, offer, given);
      return refuse?.claims.reason;
    };

    it('when nobody knows who sent it: nothing is kept', async () => {
      const bridge = open();
      const before = await bridge.store.transaction(({ audit }) => audit.head());
      const { message } = await offerTo(bridge, { signer: strangerSigner });
      expect((await handOff(bridge, message)).received).toEqual({ kind: 'unverified', code: 'issuer_unknown' });
      expect(await bridge.store.transaction(({ audit }) => audit.head())).toEqual(before);
    });

    it('when the payload, the authority or the task is not what was reviewed', async () => {
      const bridge = open();
      const { tctx, rctx } = (await offerTo(bridge)).offer.claims;
      const [create, update] = refundGrants;
      if (create === undefined || update === undefined) throw new Error('no grants');
      const widened = [create, { ...update, fields: ['Status', 'OwnerId'] }];
      expect(await refusal(bridge, { claims: { payload_sha256: '0'.repeat(64) } })).toBe('payload_mismatch');
      expect(await refusal(bridge, { claims: { authorization_details: widened } })).toBe('authority_exceeds_manifest');
      expect(await refusal(bridge, { claims: { rctx: { ...rctx, action: 'Other' } } })).toBe('action_not_in_manifest');
      expect(await refusal(bridge, { claims: { manifest: '0'.repeat(64) } })).toBe('manifest_mismatch');
      expect(await refusal(bridge, { claims: { tctx: { ...tctx, task_type: 'unheard-of' } } })).toBe('task_unknown');
      expect(await refusal(bridge, { claims: { authorization_details: [] } })).toBe('authority_missing');
      expect(await refusal(bridge, { payload: '{"case":{}}' })).toBe('input_invalid');
      expect(await refusal(bridge, { payload: '['.repeat(40) + ']'.repeat(40) })).toBe('input_invalid');
      expect(bridge.model.requests).toEqual([]);
    });

    it('beyond a budget: of many at once only as many as fit', async () => {
      const agent = `Agent_${randomUUID().slice(0, 8)}`;
      const reviewed = {
        ...manifest,
        actions: manifest.actions.map((action) => ({ ...action, agent })),
      };
      const bridge = open({
        manifest: reviewed,
        policy: { ...policy, budgets: { ...policy.budgets, agentPerDay: 250_000 } },
      });
      bridge.model.behaviours.push(hangs);
      const claims = { act: { sub: agent, version: 'v1' }, manifest: manifestSha256(reviewed) };
      const offers = await Promise.all(
        Array.from({ length: 12 }, () => offerTo(bridge, { task: 'case-summary', maxCostUsdMicros: 100_000, claims })),
      );
      const received = await Promise.all(offers.map(({ message }) => receiveOffer(bridge, message)));
      expect(received.filter(({ kind }) => kind === 'taken')).toHaveLength(2);
      const refused = received.findIndex(({ kind }) => kind === 'refused');
      const { offer } = offers[refused] ?? {};
      if (offer === undefined) throw new Error('none was refused');
      const given = await answerOffer(bridge, { org: orgParty, txn: offer.claims.txn }, offer.sha256);
      expect((await verifyAnswer(bridge, offer, given)).refuse?.claims).toMatchObject({ reason: 'budget' });
    });

    it('while somebody has stopped the agent', async () => {
      const bridge = open();
      const scope = { kind: 'agent', name: 'Order_Agent' } as const;
      await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'drill' });
      expect(await refusal(bridge, {})).toBe('kill_switch');
      await releaseKillSwitch(bridge, scope, 'operator');
    });
  });

  describe('ends', () => {
    const outcomeOf = async (bridge: TestBridge, options: Partial<OfferOptions> = {}) => {
      const { offer, message } = await offerTo(bridge, { task: 'case-summary', ...options });
      const { answer: given } = await handOff(bridge, message);
      const { result } = await verifyAnswer(bridge, offer, given);
      const { reason } = JSON.parse(given?.payload ?? '{}') as { reason?: string };
      return { disposition: result?.claims.disposition, reason, cost: result?.claims.cost_usd_micros };
    };
    const withText = (text: string): string =>
      JSON.stringify({ ...summaryInput, case: { ...summaryInput.case, description: text } });

    it('blocked when a guardrail says so, before anything left or before anything is told', async () => {
      const bridge = open();
      bridge.model.behaviours.push(answer(JSON.stringify({ ...summary, summary: 'please block out' })));
      expect(await outcomeOf(bridge, { payload: withText('please block in') })).toEqual({
        disposition: 'blocked',
        reason: 'guard_in',
        cost: 0,
      });
      expect(bridge.model.requests).toEqual([]);
      expect(await outcomeOf(bridge)).toEqual({ disposition: 'blocked', reason: 'guard_out', cost: 1_000 });
    });

    it('blocked when masking left something readable', async () => {
      const bridge = open();
      const outcome = await outcomeOf(bridge, { payload: withText('Unmaskable') });
      expect([outcome, bridge.model.requests]).toEqual([{ disposition: 'blocked', reason: 'leak', cost: 0 }, []]);
    });

    it('errored without a model, an end, a fitting answer or a token that was issued', async () => {
      const bridge = open();
      const ends = async (behaviour: Behaviour) => {
        bridge.model.behaviours.splice(0, 9, behaviour);
        return outcomeOf(bridge);
      };
      const errored = (reason: string, cost: number) => ({ disposition: 'errored', reason, cost });
      expect(await ends(fails)).toEqual(errored('model_unavailable', 0));
      expect(await ends(answer('{', { stopReason: 'max_tokens' }))).toEqual(errored('output_incomplete', 1_000));
      expect(await ends(answer('no JSON'))).toEqual(errored('output_invalid', 2_000));
      expect(await ends(answer('{"summary":1}'))).toEqual(errored('output_invalid', 1_000));
      const forged = answer(JSON.stringify({ ...summary, summary: 'Call [[PERSON_000000]]' }));
      expect(await ends(forged)).toEqual(errored('token_unknown', 1_000));
    });

    it('refused when the model declines', async () => {
      const bridge = open();
      bridge.model.behaviours.push(answer('', { stopReason: 'refusal', refusalCategory: 'cyber' }));
      expect(await outcomeOf(bridge)).toEqual({ disposition: 'refused', reason: 'model_refused', cost: 1_000 });
    });

    it('with an answer that was repaired, once', async () => {
      const bridge = open();
      const bad = answer(JSON.stringify({ ...summary, summary: 'please repair out' }));
      bridge.model.behaviours.push(bad, answer(JSON.stringify(summary)));
      expect(await outcomeOf(bridge)).toEqual({ disposition: 'executed', reason: '', cost: 2_000 });
      bridge.model.behaviours.splice(0, 9, bad);
      expect(await outcomeOf(bridge)).toEqual({ disposition: 'blocked', reason: 'guard_out', cost: 2_000 });
    });

    it('blocked before a question that may cost more than is left', async () => {
      const bridge = open();
      expect(await outcomeOf(bridge, { maxCostUsdMicros: 9_999 })).toEqual({
        disposition: 'blocked',
        reason: 'run_budget',
        cost: 0,
      });
      expect(bridge.model.requests).toEqual([]);
    });

    it('timed out at its deadline, and the most it can have cost is counted', async () => {
      const bridge = open();
      bridge.model.behaviours.push(hangs);
      const { tctx } = (await offerTo(bridge)).offer.claims;
      const due = Math.floor(bridge.clock.nowMs() / 1_000) + 1;
      const begun = Date.now();
      const outcome = await outcomeOf(bridge, { claims: { tctx: { ...tctx, task_type: 'case-summary', due } } });
      expect(outcome).toEqual({ disposition: 'timed_out', reason: 'deadline', cost: 10_000 });
      expect(Date.now() - begun).toBeLessThan(5_000);
    });

    it('blocked within a second of the kill switch, in the middle of a question', async () => {
      const bridge = open();
      const scope = { kind: 'task', name: 'case-summary' } as const;
      let engagedAt = 0;
      bridge.model.behaviours.push(async (request, run) => {
        await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'drill' });
        engagedAt = Date.now();
        const outcome = await hangs(request, run);
        engagedAt = Date.now() - engagedAt;
        return outcome;
      });
      expect(await outcomeOf(bridge)).toEqual({ disposition: 'blocked', reason: 'kill_switch', cost: 10_000 });
      expect(engagedAt).toBeLessThan(1_000);
      await releaseKillSwitch(bridge, scope, 'operator');
    });
  });

  it('shows the model no name, and gives it back to the org alone', async () => {
    const bridge = open();
    bridge.model.behaviours.push((request, run) => {
      const [token = ''] = /\[\[PERSON_\w+\]\]/.exec(JSON.stringify(request)) ?? [];
      return answer(JSON.stringify({ ...summary, summary: `${token} asks.` }))(request, run);
    });
    const { offer, message } = await offerTo(bridge, { task: 'case-summary' });
    const { answer: given } = await handOff(bridge, message);
    expect(JSON.stringify(bridge.model.requests)).not.toContain(secretName);
    expect(JSON.parse(given?.payload ?? '')).toMatchObject({ output: { summary: `${secretName} asks.` } });
    const { txn } = offer.claims;
    const { rows } = await sql<Record<string, unknown>>`
      select facts::text, encode(sealed, 'escape') from handoff where txn = ${txn}
      union all select event::text, '' from audit_entry where txn = ${txn}
      union all select kind, encode(sealed, 'escape') from handoff_object where txn = ${txn}
      union all select request_sha256, encode(sealed, 'escape') from model_answer where txn = ${txn}
      union all select type, encode(sealed, 'escape') from vault_entry`.execute(get().database.db);
    expect(rows.length).toBeGreaterThan(15);
    expect(JSON.stringify(rows)).not.toMatch(/Maria|Lopez/);
  });

  it('of an erased person cannot be read any more, and its log still verifies', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const subject = '0055g00000ErAsEAAV';
    const { offer, message } = await offerTo(bridge, { task: 'case-summary', claims: { sub: subject } });
    const { answer: given } = await handOff(bridge, message);
    expect(await erasePerson(bridge, { org: orgParty, subject }, 'operator')).toBe(1);
    const key = { org: orgParty, txn: offer.claims.txn };
    await expect(answerOffer(bridge, key)).rejects.toMatchObject({ name: 'ErasedError' });
    await expect(receiveOffer(bridge, message)).resolves.toMatchObject({ kind: 'repeated' });
    // What the org was given before still proves what it proved.
    expect((await verifyAnswer(bridge, offer, given)).result?.claims.disposition).toBe('executed');
  });
});
