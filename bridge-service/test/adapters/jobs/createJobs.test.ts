import { randomUUID } from 'node:crypto';
import { afterEach, expect, it } from '@jest/globals';
import { createJobs, type Jobs } from '../../../src/adapters/jobs/createJobs.ts';
import { systemClock } from '../../../src/adapters/system/systemClock.ts';
import { describeOnBothDatabases } from '../../support/databases.ts';

describeOnBothDatabases('the jobs', (get) => {
  let jobs: Jobs | undefined;
  afterEach(async () => {
    await jobs?.stop(5_000);
    jobs = undefined;
  });

  it('come in time, after their transaction, and again when they fail', async () => {
    const { database } = get();
    const errors: Error[] = [];
    jobs = await createJobs(database.jobs, systemClock, (error) => errors.push(error));
    const { outbox } = jobs;
    const [kept, dropped, failing] = [randomUUID(), randomUUID(), randomUUID()];
    const came: { readonly name: string; readonly txn: string; readonly atMs: number }[] = [];
    const all = Promise.withResolvers<undefined>();
    const note = (name: string, txn: string): void => {
      came.push({ name, txn, atMs: Date.now() });
      if (came.length === 4) all.resolve(undefined);
    };
    await jobs.start({
      wake: ({ txn }) => {
        note('wake', txn);
        const isFirst = came.filter((job) => job.txn === failing).length === 1;
        return txn === failing && isFirst ? Promise.reject(new Error('not yet')) : Promise.resolve();
      },
      deliver: ({ txn }) => {
        note('deliver', txn);
        return Promise.resolve();
      },
      housekeep: () => Promise.resolve(),
    });
    const begun = Date.now();
    await database.db.transaction().execute(async (transaction) => {
      await outbox(transaction).wake({ org: 'org', txn: kept }, begun + 1_500);
      await outbox(transaction).wake({ org: 'org', txn: failing }, begun);
      await outbox(transaction).deliver({ org: 'org', txn: kept });
    });
    const rolledBack = database.db.transaction().execute(async (transaction) => {
      await outbox(transaction).wake({ org: 'org', txn: dropped }, begun);
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await all.promise;
    expect(came.map(({ name, txn }) => `${name} ${txn}`).sort()).toEqual(
      [`deliver ${kept}`, `wake ${failing}`, `wake ${failing}`, `wake ${kept}`].sort(),
    );
    expect(came.find(({ name, txn }) => name === 'wake' && txn === kept)?.atMs).toBeGreaterThanOrEqual(begun + 1_500);
    expect(errors).toEqual([]);
  });

  it('come after the time that was asked for, whatever the clock of this machine says', async () => {
    const { database } = get();
    const slow = { nowMs: () => Date.now() - 86_400_000 };
    jobs = await createJobs(database.jobs, slow, () => undefined);
    const { outbox } = jobs;
    const txn = randomUUID();
    const came = Promise.withResolvers<number>();
    await jobs.start({
      wake: (key) => {
        if (key.txn === txn) came.resolve(Date.now());
        return Promise.resolve();
      },
      deliver: () => Promise.resolve(),
      housekeep: () => Promise.resolve(),
    });
    const begun = Date.now();
    await database.db
      .transaction()
      .execute((transaction) => outbox(transaction).wake({ org: 'org', txn }, slow.nowMs() + 2_000));
    expect((await came.promise) - begun).toBeGreaterThanOrEqual(2_000);
  });
});
