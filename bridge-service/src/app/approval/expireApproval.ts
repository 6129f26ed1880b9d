import { sha256Hex } from '../../domain/sha256.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { recallChain } from '../chain.ts';
import { dataKeyOf, openContent } from '../content.ts';
import { answerOffer } from '../custody/answer.ts';
import { newEvent } from '../events.ts';
import { leaseMs } from '../run/lease.ts';
import { concludeDenial } from './concludeDenial.ts';

/**
 * Nobody decided in time, so the answer is no. False while another replica has the handoff.
 *
 * @throws ErasedError
 */
export async function expireApproval(bridge: Bridge, key: HandoffKey): Promise<boolean> {
  // The denial follows the result that asked, so that one has to exist, also when nobody ever fetched it. Where one
  // does no newer one is made: the org could not verify what follows an object that it never got.
  if (!(await wasAsked(bridge, key))) await answerOffer(bridge, key);
  return bridge.store.transaction(async (unit) => {
    await unit.handoffs.lock(key.org, key.txn);
    const now = bridge.clock.nowMs();
    const handoff = await unit.handoffs.lease(key, bridge.replica, now, now + leaseMs);
    if (handoff === undefined) return false;
    if (handoff.state === 'approval_required' && now >= handoff.deadlineMs) {
      const dataKey = await dataKeyOf(unit, handoff.keyId);
      const asked = (await unit.handoffs.objects(key)).findLast(({ kind }) => kind === 'result');
      const previous = asked && (await recallChain(bridge, unit.handoffs, key, dataKey, asked.sha256));
      if (previous === undefined) throw new Error('a plan waits that nobody was asked about');
      const contentSha256 = handoff.planSha256 ?? sha256Hex('');
      unit.audit.append(newEvent(bridge, 'gate.expired', { txn: key.txn, contentSha256 }));
      const content = openContent(bridge, dataKey, handoff);
      await concludeDenial({ bridge, unit, handoff, content, previous, reason: 'approval_expired' });
    }
    await unit.handoffs.release(handoff);
    return true;
  });
}

function wasAsked({ store }: Bridge, key: HandoffKey): Promise<boolean> {
  return store.transaction(async ({ handoffs }) => (await handoffs.objects(key)).some(({ kind }) => kind === 'result'));
}
