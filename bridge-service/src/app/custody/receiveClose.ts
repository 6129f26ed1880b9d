import { verifyClose, type RefusalCode } from '@agent-readiness/protocol/handoff';
import type { Bridge } from '../bridge.ts';
import { recallChain, storeObject } from '../chain.ts';
import { dataKeyOf } from '../content.ts';
import { newEvent } from '../events.ts';
import { readUnverified } from './readUnverified.ts';
import { verifyContext } from './sign.ts';

export type ReceivedClose =
  { readonly kind: 'unverified'; readonly code: RefusalCode } | { readonly kind: 'closed' | 'repeated' };

/**
 * Takes what the org did with a result: custody is back, and the org says which checkpoint it keeps.
 *
 * @throws ErasedError
 */
export async function receiveClose(bridge: Bridge, envelope: string): Promise<ReceivedClose> {
  const claimed = readUnverified(envelope);
  if (claimed === undefined) return { kind: 'unverified', code: 'envelope_malformed' };
  const key = { org: claimed.org, txn: claimed.txn };
  return bridge.store.transaction(async (unit) => {
    await unit.handoffs.lock(key.org, key.txn);
    const handoff = await unit.handoffs.find(key);
    if (handoff === undefined) return { kind: 'unverified', code: 'order_wrong' };
    const dataKey = await dataKeyOf(unit, handoff.keyId);
    const result = await recallChain(bridge, unit.handoffs, key, dataKey, claimed.prev);
    if (result?.kind !== 'result') return { kind: 'unverified', code: 'order_wrong' };
    const verified = await verifyClose(envelope, verifyContext(bridge), result);
    if (!verified.ok) return { kind: 'unverified', code: verified.code };
    const close = verified.value;
    if ((await unit.handoffs.object(key, close.sha256)) !== undefined) return { kind: 'repeated' };
    await unit.handoffs.addObject(key, storeObject(bridge, dataKey, close));
    const about = { txn: key.txn, contentSha256: close.sha256, actor: key.org };
    unit.audit.append(newEvent(bridge, 'close.received', about));
    return { kind: 'closed' };
  });
}
