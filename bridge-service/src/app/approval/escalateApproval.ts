import { sha256Hex } from '../../domain/sha256.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { newEvent } from '../events.ts';

/** Half of the time is over and nobody has decided: the org is told again, once, and so is who watches. */
export async function escalateApproval(bridge: Bridge, key: HandoffKey): Promise<void> {
  const escalated = await bridge.store.transaction(async ({ handoffs, audit, outbox }) => {
    await handoffs.lock(key.org, key.txn);
    const handoff = await handoffs.find(key);
    if (handoff?.state !== 'approval_required') return false;
    const events = await audit.entriesOf(key.txn);
    if (events.some(({ event }) => event.event === 'gate.escalated')) return false;
    const contentSha256 = handoff.planSha256 ?? sha256Hex('');
    audit.append(newEvent(bridge, 'gate.escalated', { txn: key.txn, contentSha256 }));
    await outbox.deliver(key);
    return true;
  });
  if (escalated) bridge.watch.alarm('approval_waiting', key.txn);
}
