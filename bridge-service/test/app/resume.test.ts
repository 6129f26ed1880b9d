import { expect, it } from '@jest/globals';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { leaseMs, resumeAfterMs } from '../../src/app/run/lease.ts';
import { goOn, runHandoff } from '../../src/app/run/runHandoff.ts';
import { createRunner } from '../../src/app/run/runner.ts';
import { wake } from '../../src/app/run/wake.ts';
import { wakeOpen } from '../../src/app/run/wakeOpen.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { drain, eventsOf, summary } from '../support/handOff.ts';
import { must } from '../support/must.ts';
import { newOffer } from '../support/offers.ts';
import { orgParty } from '../support/parties.ts';
import { openStore, type SentJob } from '../support/sqlStore.ts';
import { createTestBridge } from '../support/testBridge.ts';

describeOnBothDatabases('a replica that resumes what another left', (get) => {
  it('has stored when to look again before it begins, for it may die as well', async () => {
    const sent: SentJob[] = [];
    const bridge = createTestBridge(openStore(get().database, sent));
    const nowMs = bridge.clock.nowMs();
    const stopped = { ...bridge, clock: { ...bridge.clock, nowMs: () => nowMs } };
    const { offer, message } = await newOffer({ nowMs });
    const key = { org: orgParty, txn: offer.claims.txn };
    await receiveOffer(stopped, message);
    const fromOffer = sent.splice(0);
    expect(fromOffer).toEqual([{ kind: 'wake', key, atMs: nowMs + resumeAfterMs }]);
    let atBegin: readonly SentJob[] = [];
    await wake(stopped, key, () => {
      atBegin = [...sent];
      return Promise.resolve();
    });
    expect(atBegin).toEqual([{ kind: 'wake', key, atMs: nowMs + resumeAfterMs }]);

    // One that starts does not wait for a job: a clock that was set back may have put it into the future.
    sent.length = 0;
    await wakeOpen(stopped);
    expect(sent).toEqual([{ kind: 'wake', key, atMs: nowMs }]);

    await erasePerson(stopped, { org: orgParty, subject: offer.claims.sub }, 'operator');
    sent.length = 0;
    await wake(stopped, key, () => Promise.reject(new Error('begun')));
    expect(sent).toEqual([]);
  });

  it('leaves alone what another has taken to begin with at once, until its lease has run out', async () => {
    const taker = createTestBridge(openStore(get().database));
    const other = { ...taker, replica: 'another one' };
    const { offer, message } = await newOffer({ nowMs: taker.clock.nowMs(), task: 'case-summary' });
    const key = { org: orgParty, txn: offer.claims.txn };
    taker.model.behaviours.push(answer(JSON.stringify(summary)));
    const taken = await receiveOffer(taker, message, 'begin');
    const run = must(taken.kind === 'taken' ? taken.run : undefined);
    expect(await runHandoff(other, key, { drain })).toBe(false);

    taker.clock.move(leaseMs);
    expect(await runHandoff(other, key, { drain })).toBe(true);
    // The one that took it slept, and wakes up: it has lost the handoff, and asks nobody.
    expect(await goOn(run, { drain })).toBe(false);
    const events = await eventsOf(taker, key.txn);
    expect(events.filter((event) => event === 'think.dispatched')).toHaveLength(1);
    expect(taker.model.requests).toHaveLength(1);
  });

  it('goes on at once with what the other one was still taking when it had drained', async () => {
    const taker = createTestBridge(openStore(get().database));
    const runner = createRunner(taker);
    const { offer, message } = await newOffer({ nowMs: taker.clock.nowMs(), task: 'case-summary' });
    const key = { org: orgParty, txn: offer.claims.txn };
    taker.model.behaviours.push(answer(JSON.stringify(summary)));
    const taken = await receiveOffer(taker, message, 'begin');
    await runner.drain(60_000);
    await runner.run(must(taken.kind === 'taken' ? taken.run : undefined));
    expect(taker.model.requests).toEqual([]);
    const left = must(await taker.store.transaction(({ handoffs }) => handoffs.find(key)));
    expect(left).toMatchObject({ state: 'accepted', questions: 0, costUsdMicros: 0 });

    expect(await runHandoff({ ...taker, replica: 'another one' }, key, { drain })).toBe(true);
    expect(await eventsOf(taker, key.txn)).toContain('think.answered');
  });
});
