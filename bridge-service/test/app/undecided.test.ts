import { expect, it } from '@jest/globals';
import type { ApprovalClaims, Verified } from '@agent-readiness/protocol/handoff';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { wake } from '../../src/app/run/wake.ts';
import type { HandoffKey } from '../../src/ports/outbox.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { drain, eventsOf, refund } from '../support/handOff.ts';
import { must } from '../support/must.ts';
import { newApproval, newOffer } from '../support/offers.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';
import { createTestClock } from '../support/testClock.ts';

const dayMs = 86_400_000;

/** A handoff whose plan waits for a person; nobody was told so far. */
async function waiting(bridge: TestBridge) {
  bridge.model.behaviours.splice(0, 9, answer(JSON.stringify(refund)));
  const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs() });
  const received = await receiveOffer(bridge, message);
  if (!('key' in received)) throw new Error('not taken');
  await runHandoff(bridge, received.key, { drain });
  return { key: received.key, offer };
}

/** The same content, offered anew. */
async function offerAgain(bridge: TestBridge, { claims }: Verified<'offer'>): Promise<Verified<'offer'>> {
  const { txn, rctx, tctx } = claims;
  const { offer, message } = await newOffer({ nowMs: bridge.clock.nowMs(), claims: { txn, rctx, tctx, att: 2 } });
  expect((await receiveOffer(bridge, message)).kind).toBe('repeated');
  return offer;
}

const expire = (bridge: TestBridge, key: HandoffKey): Promise<void> =>
  wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));

/** As an org judges that holds its offer and nothing else. */
async function judged(bridge: TestBridge, key: HandoffKey, offer: Verified<'offer'>): Promise<Verified<'result'>> {
  const { result } = await verifyAnswer(bridge, offer, await answerOffer(bridge, key, offer.sha256));
  return must(result);
}

/** The result that asks for a person, where it does arrive. */
const asked = judged;

const nextIs = async (bridge: TestBridge, key: HandoffKey): Promise<unknown> => {
  const given = await answerOffer(bridge, key);
  return [given?.status, (JSON.parse(given?.payload ?? '{}') as { readonly reason?: string }).reason];
};

describeOnBothDatabases('a plan that nobody decides on', (get) => {
  const open = (): TestBridge => createTestBridge(openStore(get().database));
  const decide = async (bridge: TestBridge, result: Verified<'result'>, claims: Partial<ApprovalClaims> = {}) =>
    receiveApproval(bridge, await newApproval(result, bridge.clock.nowMs(), claims));

  it('ends in a denial that an org can verify which never heard that a person was asked for', async () => {
    const bridge = open();
    const { key, offer } = await waiting(bridge);
    bridge.clock.move(dayMs + 1_000);
    await expire(bridge, key);
    expect((await judged(bridge, key, offer)).claims).toMatchObject({ disposition: 'denied', effects: [] });
    // That a person was asked for, and that nobody decided, is in the log.
    expect((await eventsOf(bridge, key.txn)).slice(-5)).toEqual([
      'gate.approval_required',
      'answer.signed',
      'gate.expired',
      'answer.signed',
      // Signed anew, over an accept that is in time.
      'answer.signed',
    ]);
  });

  it('ends in one that verifies wherever it is asked for, and whatever the org has got', async () => {
    const bridge = open();
    const { key, offer } = await waiting(bridge);
    const result = await asked(bridge, key, offer);
    const again = await offerAgain(bridge, offer);
    expect((await asked(bridge, key, again)).claims.disposition).toBe('approval_required');
    bridge.clock.move(dayMs + 1_000);
    await expire(bridge, key);
    const after = await offerAgain(bridge, offer);
    for (const at of [offer, again, after, offer]) {
      expect((await judged(bridge, key, at)).claims.disposition).toBe('denied');
      bridge.clock.move(3_600_000);
    }
    // The clock goes back: what was signed is of the future now.
    bridge.clock.move(-2 * dayMs);
    expect((await judged(bridge, key, offer)).claims).toMatchObject({ disposition: 'denied', txn: result.claims.txn });
  });

  it('is asked about, while it waits, in answers that verify at any time', async () => {
    const bridge = open();
    const { key, offer } = await waiting(bridge);
    const plans = new Set<string | undefined>();
    for (const ms of [0, 600_000, 7_200_000, -3_600_000]) {
      bridge.clock.move(ms);
      const { claims } = await asked(bridge, key, offer);
      expect(claims.disposition).toBe('approval_required');
      plans.add(claims.plan_sha256);
    }
    expect(plans.size).toBe(1);
  });

  it('is told of in the same objects by each of two replicas whose clocks differ, asked in turn', async () => {
    const { another, database } = get();
    const right = open();
    const store = openStore(another === undefined ? database : await another());
    const ahead = createTestBridge(store, {
      replica: 'replica 2',
      clock: createTestClock(right.clock.nowMs() + dayMs / 6),
    });
    const { key, offer } = await waiting(right);
    const ask = async (bridge: TestBridge) => (await answerOffer(bridge, key, offer.sha256))?.result;
    const first = [await ask(right), await ask(ahead)];
    expect([await ask(right), await ask(ahead)]).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('is told of in the same objects by each of two replicas of different policies, asked in turn', async () => {
    const before = open();
    const after = { ...before, policy: { ...before.policy, sha256: 'b'.repeat(64) } };
    const { key, offer } = await waiting(before);
    const ask = async (bridge: TestBridge) => (await answerOffer(bridge, key, offer.sha256))?.result;
    const first = [await ask(before), await ask(after)];
    expect([await ask(before), await ask(after)]).toEqual(first);
    expect(new Set(first).size).toBe(2);
  });

  it('is told of again without opening all that was signed before', async () => {
    const bridge = open();
    const { key, offer } = await waiting(bridge);
    let opened = 0;
    const countedOpen: TestBridge['cipher']['open'] = (...sealed) => {
      opened += 1;
      return bridge.cipher.open(...sealed);
    };
    const counting = { ...bridge, cipher: { ...bridge.cipher, open: countedOpen } };
    const opens: number[] = [];
    for (let round = 0; round < 4; round += 1) {
      bridge.clock.move(600_000);
      await answerOffer(bridge, key, offer.sha256);
      opened = 0;
      await answerOffer(counting, key, offer.sha256);
      opens.push(opened);
    }
    // The offer, the accept that it was taken with, the two that are given again, and the content.
    expect(opens).toEqual([5, 5, 5, 5]);
  });

  it('ends or not while its answer is being made, and the answer tells one of both', async () => {
    const bridge = open();
    const { key, offer } = await waiting(bridge);
    // Between writing the entry of a result and proving it.
    const meanwhile: (() => void | Promise<void>)[] = [];
    const transaction: TestBridge['store']['transaction'] = async (work) => {
      const done = await bridge.store.transaction(work);
      await meanwhile.shift()?.();
      return done;
    };
    const disturbed = { ...bridge, store: { ...bridge.store, transaction } };
    const during = async (...moves: readonly (() => void | Promise<void>)[]): Promise<string> => {
      meanwhile.push(...moves);
      const { claims } = await judged(disturbed, key, offer);
      meanwhile.length = 0;
      return claims.disposition;
    };
    const move = (ms: number) => (): void => {
      bridge.clock.move(ms);
    };
    bridge.clock.move(600_000);
    expect(await during(move(-3_600_000), move(dayMs / 2))).toBe('approval_required');
    bridge.clock.move(dayMs);
    expect(await during(() => expire(bridge, key))).toBe('denied');
  });

  it('is over: a decision that comes too late changes nothing, and is no alarm', async () => {
    const bridge = open();
    const { key, offer } = await waiting(bridge);
    const result = await asked(bridge, key, offer);
    bridge.clock.move(dayMs + 1_000);
    await expire(bridge, key);
    const denial = await judged(bridge, key, offer);
    const tooLate = { kind: 'refused', code: 'approval_expired' };
    expect(await decide(bridge, result)).toEqual(tooLate);
    expect(await decide(bridge, result, { decision: 'rejected' })).toEqual(tooLate);
    await expect(decide(bridge, denial, { over: must(result.claims.plan_sha256) })).rejects.toThrow('order_wrong');
    await expire(bridge, key);
    expect(await nextIs(bridge, key)).toEqual(['finished', 'approval_expired']);
    expect([bridge.org.calls(), bridge.alarms]).toEqual([0, []]);
  });

  it('is denied for its own handoff only', async () => {
    const bridge = open();
    const [one, other] = [await waiting(bridge), await waiting(bridge)];
    bridge.clock.move(dayMs + 1_000);
    await expire(bridge, one.key);
    const denial = must(await answerOffer(bridge, one.key, one.offer.sha256));
    const waits = must(await answerOffer(bridge, other.key, other.offer.sha256));
    await expect(verifyAnswer(bridge, other.offer, denial)).rejects.toThrow('prev_broken');
    const grafted = { ...waits, result: must(denial.result), payload: must(denial.payload) };
    await expect(verifyAnswer(bridge, other.offer, grafted)).rejects.toThrow('prev_broken');
  });

  it('is decided or denied, and never both, whichever replica is asked whatever its clock says', async () => {
    const { another, database } = get();
    const behind = open();
    const clock = createTestClock(behind.clock.nowMs() + dayMs + 1_000);
    const store = openStore(another === undefined ? database : await another());
    const ahead = createTestBridge(store, { replica: 'replica 2', clock, org: behind.org });
    const ends: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const { key, offer } = await waiting(behind);
      const result = await asked(behind, key, offer);
      const before = behind.org.writes.length;
      // Whoever comes first; each begins first in half of the rounds.
      const early = round % 2 === 0 ? expire(ahead, key) : undefined;
      const [{ kind }] = await Promise.all([decide(behind, result), early ?? expire(ahead, key)]);
      await runHandoff(behind, key, { drain });
      const [status, reason] = (await nextIs(behind, key)) as [string, string];
      ends.push([kind, status, reason, behind.org.writes.length - before].join(' '));
    }
    const possible = [
      'approved finished  1',
      'refused finished approval_expired 0',
      'busy finished approval_expired 0',
    ];
    expect(ends.filter((end) => !possible.includes(end))).toEqual([]);
  });
});
