import { randomUUID } from 'node:crypto';
import { expect, it } from '@jest/globals';
import { housekeep } from '../../src/app/operate/housekeep.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer, createFakeModel } from '../support/fakeModel.ts';
import { eventsOf, handOff, summary } from '../support/handOff.ts';
import { newOffer, type OfferOptions } from '../support/offers.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';
import { createTestClock } from '../support/testClock.ts';

describeOnBothDatabases('a handoff that is asked for again', (get) => {
  const open = (overrides: Partial<TestBridge> = {}): TestBridge =>
    createTestBridge(openStore(get().database), overrides);
  const offerTo = (bridge: TestBridge, options: Partial<OfferOptions> = {}) =>
    newOffer({ nowMs: bridge.clock.nowMs(), ...options });

  it('gives the same answer to the same offer, and runs nothing', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { message } = await offerTo(bridge, { task: 'case-summary' });
    const [first, second] = [await handOff(bridge, message), await handOff(bridge, message)];
    expect(second.received.kind).toBe('repeated');
    expect(second.answer).toEqual(first.answer);
    expect(bridge.model.requests).toHaveLength(1);
  });

  it('knows the same offer also when a clock that is ahead has had its jti forgotten', async () => {
    const bridge = open();
    bridge.model.behaviours.push(answer(JSON.stringify(summary)));
    const { message } = await offerTo(bridge, { task: 'case-summary' });
    const first = await handOff(bridge, message);
    const clock = createTestClock(bridge.clock.nowMs() + 7_200_000);
    await housekeep({ ...bridge, clock });
    const again = await handOff(bridge, message);
    expect(again.received.kind).toBe('repeated');
    expect(again.answer).toEqual(first.answer);
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
