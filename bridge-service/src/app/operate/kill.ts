import { canonicalJson } from '@agent-readiness/protocol';
import { sha256Hex } from '../../domain/sha256.ts';
import type { KillOrder, KillScope } from '../../ports/killSwitch.ts';
import { noHandoff, type Bridge } from '../bridge.ts';
import { newEvent } from '../events.ts';

/** Stops new model calls and side effects, on every replica, within a heartbeat. */
export async function engageKillSwitch(
  bridge: Bridge,
  order: { readonly scope: KillScope; readonly by: string; readonly reason: string },
): Promise<void> {
  const contentSha256 = sha256Hex(canonicalJson(order));
  await bridge.store.transaction(async ({ killSwitch, audit }) => {
    await killSwitch.engage({ ...order, atMs: bridge.clock.nowMs() });
    audit.append(newEvent(bridge, 'kill.engaged', { txn: noHandoff, contentSha256, actor: order.by }));
  });
  bridge.watch.alarm('kill_switch_engaged', undefined);
}

export async function releaseKillSwitch(bridge: Bridge, scope: KillScope, by: string): Promise<void> {
  const contentSha256 = sha256Hex(canonicalJson(scope));
  await bridge.store.transaction(async ({ killSwitch, audit }) => {
    await killSwitch.release(scope);
    audit.append(newEvent(bridge, 'kill.released', { txn: noHandoff, contentSha256, actor: by }));
  });
}

export function killOrders({ store }: Bridge): Promise<readonly KillOrder[]> {
  return store.transaction(({ killSwitch }) => killSwitch.orders());
}
