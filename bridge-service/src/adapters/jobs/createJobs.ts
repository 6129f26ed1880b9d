import {
  fromKysely,
  PgBoss,
  type ConstructorOptions,
  type Job,
  type JobResult,
  type KyselyTransactionLike,
} from 'pg-boss';
import type { Clock } from '../../ports/clock.ts';
import type { HandoffKey, Outbox } from '../../ports/outbox.ts';

/** What the jobs do. Each may run more than once, and on another replica than the one that asked for it. */
export interface JobHandlers {
  readonly wake: (key: HandoffKey) => Promise<void>;
  readonly deliver: (key: HandoffKey) => Promise<void>;
  /** Once a minute, on one replica: expiries that belong to no handoff. */
  readonly housekeep: () => Promise<void>;
}

export interface Jobs {
  readonly outbox: (transaction: KyselyTransactionLike) => Outbox;
  readonly start: (handlers: JobHandlers) => Promise<void>;
  /** Lets jobs that are running end, for at most `timeoutMs`. */
  readonly stop: (timeoutMs: number) => Promise<void>;
}

/** What a process that died was doing comes again after `expireInSeconds`, which is why no job is long. */
const queues = {
  wake: { retryLimit: 20, retryDelay: 1, retryBackoff: true, retryDelayMax: 60, expireInSeconds: 30 },
  deliver: { retryLimit: 20, retryDelay: 2, retryBackoff: true, retryDelayMax: 600, expireInSeconds: 60 },
  housekeep: { retryLimit: 0, expireInSeconds: 60 },
} as const;

/** How often it is looked whether a job has expired. */
const superviseSeconds = 10;

/** A full batch is followed by the next one at once: after many handoffs no job waits for all the others' polls. */
const working = {
  pollingIntervalSeconds: 0.5,
  batchSize: 10,
  localConcurrency: 2,
  burstWhenBatchFull: true,
  perJobResults: true,
} as const;

/** All of a batch at once; what fails comes again alone, and only the name of its error is kept. */
function eachOf(work: (key: HandoffKey) => Promise<void>): (jobs: Job<HandoffKey>[]) => Promise<JobResult[]> {
  return (jobs) =>
    Promise.all(
      jobs.map(({ id, data }) =>
        work(data).then(
          (): JobResult => ({ id, status: 'completed' }),
          (error: unknown): JobResult => ({ id, status: 'failed', output: { error: nameOf(error) } }),
        ),
      ),
    );
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

/** Timers, callbacks and purges on pg-boss, in the same database as the state. */
export async function createJobs(
  connection: ConstructorOptions,
  clock: Pick<Clock, 'nowMs'>,
  onError: (error: Error) => void,
): Promise<Jobs> {
  const boss = new PgBoss({
    ...connection,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    openTelemetry: { enabled: false },
  });
  boss.on('error', onError);
  await boss.start();
  for (const [name, options] of Object.entries(queues)) {
    await boss.createQueue(name, options);
    // One that was there keeps its options unless told.
    await boss.updateQueue(name, options);
  }

  return {
    outbox: (transaction) => ({
      async wake(key, atMs) {
        // From now on, by the clock of the database: that of this machine may be another one.
        const startAfter = Math.max(0, Math.ceil((atMs - clock.nowMs()) / 1_000));
        await boss.send('wake', key, { startAfter, db: fromKysely(transaction) });
      },
      async deliver(key) {
        await boss.send('deliver', key, { db: fromKysely(transaction) });
      },
    }),
    async start({ wake, deliver, housekeep }) {
      await boss.work('wake', working, eachOf(wake));
      await boss.work('deliver', working, eachOf(deliver));
      await boss.work('housekeep', { pollingIntervalSeconds: 5 }, housekeep);
      await boss.schedule('housekeep', '* * * * *');
    },
    async stop(timeoutMs) {
      await boss.stop({ graceful: true, timeout: timeoutMs });
    },
  };
}
