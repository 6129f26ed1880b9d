import { expect, it } from '@jest/globals';
import { manifestSha256 } from '@agent-readiness/protocol';
import { commitmentOf } from '@agent-readiness/protocol/handoff';
import { leafHash, rootHash } from '@agent-readiness/protocol/log';
import { receiveApproval } from '../../src/app/approval/receiveApproval.ts';
import { answerOffer } from '../../src/app/custody/answer.ts';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { wake } from '../../src/app/run/wake.ts';
import { CrashError, crashing, type Crash } from '../support/crashing.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
import { answer } from '../support/fakeModel.ts';
import { beginHandoff, drain, refund } from '../support/handOff.ts';
import type { FakeOrg } from '../support/fakeOrg.ts';
import { manifest, newApproval, newOffer } from '../support/offers.ts';
import { orgParty } from '../support/parties.ts';
import { openStore } from '../support/sqlStore.ts';
import { createTestBridge, verifyAnswer, type TestBridge } from '../support/testBridge.ts';

/** What a process does until it dies; whoever called it gets no answer then. */
async function untilCrash<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof CrashError) return undefined;
    throw error;
  }
}

/** Time passes, leases expire, and a living replica looks. */
async function recover(bridge: TestBridge, key: { org: string; txn: string }): Promise<void> {
  bridge.clock.move(15_000);
  await wake(bridge, key, (found) => runHandoff(bridge, found, { drain }));
}

/**
 * One handoff with an approval, the process dying at `crash` in the first half (offer to plan) or in the
 * second (approval to result); the org repeats what it got no answer to. Returns how many calls there were.
 */
async function story(living: TestBridge, crash: Crash, half: 'offer' | 'approval', agent: string): Promise<number> {
  const dying = crashing(living, crash);
  const reviewed = { ...manifest, actions: manifest.actions.map((action) => ({ ...action, agent })) };
  const claims = { act: { sub: agent, version: 'v1' }, manifest: manifestSha256(reviewed) };
  const { offer, message } = await newOffer({ nowMs: living.clock.nowMs(), claims });
  const key = { org: orgParty, txn: offer.claims.txn };

  await untilCrash(async () => {
    const bridge = half === 'offer' ? dying.bridge : living;
    await beginHandoff(bridge, message);
    return answerOffer(bridge, key, offer.sha256);
  });
  await receiveOffer(living, message);
  await recover(living, key);
  const { result } = await verifyAnswer(living, offer, await answerOffer(living, key, offer.sha256));
  if (result === undefined) throw new Error('no plan to approve');

  const approval = await newApproval(result, living.clock.nowMs());
  await untilCrash(async () => {
    const bridge = half === 'approval' ? dying.bridge : living;
    await receiveApproval(bridge, approval);
    await runHandoff(bridge, key, { drain });
    return answerOffer(bridge, key);
  });
  await receiveApproval(living, approval);
  await recover(living, key);
  const final = await answerOffer(living, key);
  expect(final).toMatchObject({ status: 'finished' });
  expect(JSON.parse(final?.payload ?? '')).toMatchObject({ disposition: 'executed', output: refund });
  return dying.calls();
}

describeOnBothDatabases('a bridge that dies', (get) => {
  it.each(['offer', 'approval'] as const)(
    'at any call between the %s and the answer loses nothing and does nothing twice',
    async (half) => {
      const store = openStore(get().database);
      const agent = `Agent_${half}`;
      const reviewed = { ...manifest, actions: manifest.actions.map((action) => ({ ...action, agent })) };
      const base = createTestBridge(store, { manifest: reviewed });
      const org: FakeOrg = {
        ...base.org,
        // A side effect never happens without an audit event written before it.
        async write(write, signal) {
          const events = await store.transaction(({ audit }) => audit.entriesOf(write.txn));
          expect(events.map(({ event }) => event.event)).toContain('act.dispatched');
          return base.org.write(write, signal);
        },
      };
      const living = { ...base, org };
      living.model.behaviours.push(answer(JSON.stringify(refund)));

      let stories = 0;
      for (const when of ['before', 'after'] as const) {
        for (let at = 1; ; at += 1) {
          stories += 1;
          const calls = await story(living, { at, when }, half, agent);
          expect(base.org.writes).toHaveLength(stories);
          if (calls < at) break;
        }
      }
      // Fewer would mean that the crash points are not where the work is.
      expect(stories).toBeGreaterThan(10);

      const day = new Date(living.clock.nowMs()).toISOString().slice(0, 10);
      const [use] = await store.transaction(({ budget }) => budget.use([`agent:${agent}:${day}`]));
      expect(use?.reservedUsdMicros).toBe(0);
      expect(use?.spentUsdMicros).toBeGreaterThanOrEqual(living.model.requests.length * 1_000);

      const { head, entries } = await store.transaction(async ({ audit }) => ({
        head: await audit.head(),
        entries: await audit.entries(0, 100_000),
      }));
      expect(head.root).toEqual(rootHash(entries.map(({ event, salt }) => leafHash(commitmentOf(event, salt)))));
    },
    300_000,
  );
});
