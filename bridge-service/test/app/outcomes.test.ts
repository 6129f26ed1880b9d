import { expect, it } from '@jest/globals';
import { engageKillSwitch, releaseKillSwitch } from '../../src/app/operate/kill.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer, fails, hangs, type Behaviour } from '../support/fakeModel.ts';
import { handOff, summary } from '../support/handOff.ts';
import { newOffer, summaryInput, type OfferOptions } from '../support/offers.ts';
import type { ModelOutcome } from '../../src/ports/model.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';
import { createTestClock } from '../support/testClock.ts';

describeOnBothDatabases('a handoff ends', (get) => {
  const open = (overrides: Partial<TestBridge> = {}): TestBridge =>
    createTestBridge(openStore(get().database), overrides);
  const offerTo = (bridge: TestBridge, options: Partial<OfferOptions> = {}) =>
    newOffer({ nowMs: bridge.clock.nowMs(), ...options });

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

  it('with the cost of every request that was sent, not only of the one that was answered', async () => {
    const bridge = open();
    const afterOneThatWasCut = async (billed: 'none' | 'unknown' | { cost: number }) => {
      const facts = { model: 'fake', code: undefined, requestId: undefined, retryAfterMs: undefined };
      const cut: ModelOutcome = { ok: false, failure: { kind: 'truncated', ...facts, billed } };
      bridge.model.behaviours.splice(0, 9, async (request, run) => {
        await run.onAttempt({ phase: 'ended', model: 'fake', attempt: 1, outcome: cut });
        const outcome = await answer(JSON.stringify(summary))(request, run);
        await run.onAttempt({ phase: 'ended', model: 'fake', attempt: 2, outcome });
        return outcome;
      });
      return (await outcomeOf(bridge)).cost;
    };
    expect(await afterOneThatWasCut('none')).toBe(1_000);
    expect(await afterOneThatWasCut({ cost: 300 })).toBe(1_300);
    // Nobody can say what the first one costs: then it is the most that the question can.
    expect(await afterOneThatWasCut('unknown')).toBe(10_000);
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
    const due = Math.floor(bridge.clock.nowMs() / 1_000) + 4;
    const begun = Date.now();
    const outcome = await outcomeOf(bridge, { claims: { tctx: { ...tctx, task_type: 'case-summary', due } } });
    expect(outcome).toEqual({ disposition: 'timed_out', reason: 'deadline', cost: 10_000 });
    expect(Date.now() - begun).toBeLessThan(30_000);
  });

  it('blocked within a second of the kill switch, in the middle of a question', async () => {
    // What a slow machine takes on top is not ours: what is slept between two looks is.
    const clock = createTestClock();
    let sleptMs = 0;
    let lastMs = 0;
    const sleep: typeof clock.sleep = (ms, signal) => {
      lastMs = ms;
      sleptMs += ms;
      return clock.sleep(ms, signal);
    };
    const bridge = open({ clock: { ...clock, sleep } });
    const scope = { kind: 'task', name: 'case-summary' } as const;
    bridge.model.behaviours.push(async (request, run) => {
      await engageKillSwitch(bridge, { scope, by: 'operator', reason: 'drill' });
      // The sleep that goes on right now counts as a whole.
      sleptMs = lastMs;
      return hangs(request, run);
    });
    expect(await outcomeOf(bridge)).toEqual({ disposition: 'blocked', reason: 'kill_switch', cost: 10_000 });
    expect(sleptMs).toBeLessThan(1_000);
    await releaseKillSwitch(bridge, scope, 'operator');
  });
});
