import { expect, it } from '@jest/globals';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { erasePerson } from '../../src/app/operate/erase.ts';
import { resumeAfterMs } from '../../src/app/run/lease.ts';
import { wake } from '../../src/app/run/wake.ts';
import { wakeOpen } from '../../src/app/run/wakeOpen.ts';
import { describeOnBothDatabases } from '../support/databases.ts';
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
});
