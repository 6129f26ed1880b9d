import type { Bridge } from '../bridge.ts';

/**
 * Has everything that is open looked at now, by a process that starts. The jobs that are there are not relied upon:
 * a clock that was set back has put them into the future.
 */
export async function wakeOpen({ store, clock }: Bridge): Promise<void> {
  await store.transaction(async ({ handoffs, outbox }) => {
    for (const key of await handoffs.open()) await outbox.wake(key, clock.nowMs());
  });
}
