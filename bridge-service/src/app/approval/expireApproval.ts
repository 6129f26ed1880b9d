import { sha256Hex } from '../../domain/sha256.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { recallChain } from '../chain.ts';
import { dataKeyOf, openContent } from '../content.ts';
import { newEvent } from '../events.ts';
import { leaseMs } from '../run/lease.ts';
import { concludeDenial } from './concludeDenial.ts';

/**
 * Nobody decided in time, so the answer is no. It follows the accept, not the result that asked: whether that one ever
 * reached the org is not known here. False while another replica has the handoff.
 *
 * @throws ErasedError
 */
export function expireApproval(bridge: Bridge, key: HandoffKey): Promise<boolean> {
  return bridge.store.transaction(async (unit) => {
    await unit.handoffs.lock(key.org, key.txn);
    const now = bridge.clock.nowMs();
    const handoff = await unit.handoffs.lease(key, bridge.replica, now, now + leaseMs);
    if (handoff === undefined) return false;
    if (handoff.state === 'approval_required' && now >= handoff.deadlineMs) {
      const dataKey = await dataKeyOf(unit, handoff.keyId);
      const previous = await recallChain(bridge, unit.handoffs, key, dataKey, handoff.tip);
      if (previous === undefined) throw new Error('a handoff without its objects');
      const contentSha256 = handoff.planSha256 ?? sha256Hex('');
      unit.audit.append(newEvent(bridge, 'gate.expired', { txn: key.txn, contentSha256 }));
      const content = openContent(bridge, dataKey, handoff);
      await concludeDenial({ bridge, unit, handoff, content, previous, reason: 'approval_expired' });
    }
    await unit.handoffs.release(handoff);
    return true;
  });
}
