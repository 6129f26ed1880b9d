import type { Bridge } from '../bridge.ts';

/** What time alone brings about: abandoned reservations are spent, expired tokens and jtis are gone. */
export async function housekeep({ store, clock, watch }: Bridge): Promise<void> {
  const now = clock.nowMs();
  const expired = await store.transaction(async ({ budget, vault, handoffs }) => {
    await vault.purge(now);
    await handoffs.purgeJtis(now);
    return budget.expire(now);
  });
  if (expired > 0) watch.alarm('reservation_expired', undefined);
}
