import { canonicalJson } from '@agent-readiness/protocol';
import { nearest } from '@agent-readiness/protocol/handoff';
import { sha256Hex } from '../../domain/sha256.ts';
import type { Handoff, HandoffOutcome } from '../../ports/handoffs.ts';
import type { KillOrder } from '../../ports/killSwitch.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import { noHandoff, nowSeconds, type Bridge } from '../bridge.ts';
import { recallChain } from '../chain.ts';
import { openContent, type HandoffContent } from '../content.ts';
import { resultPayload } from '../custody/resultPayload.ts';
import { logResult, resultClaims } from '../custody/signResult.ts';
import { newEvent } from '../events.ts';
import { receiptOf } from '../run/act.ts';

/** What a restored store may no longer do. */
export interface Settled {
  /** Handoffs that were open in the backup, and ended as `restored`. */
  readonly ended: number;
  /** Those of erased persons: nothing can be said about them, and nothing wakes them. */
  readonly unreadable: number;
}

/**
 * Makes a store that comes from a backup safe to serve, in the transaction that restored it. Nobody here
 * knows what has happened since, so what was open is not gone on with: it may have run, been approved and
 * written already. It ends, no answer is pushed to an org that may have a better one, and the kill switch
 * is engaged until a person has compared both sides and releases it.
 *
 * @param checkpoint the signed head that the backup was made under
 */
export async function settleRestored(
  bridge: Bridge,
  unit: Unit,
  { by, checkpoint }: { readonly by: string; readonly checkpoint: string },
): Promise<Settled> {
  const about = { txn: noHandoff, contentSha256: sha256Hex(checkpoint), actor: by };
  unit.audit.append(newEvent(bridge, 'restore.done', about));
  await stopEverything(bridge, unit, by);
  let ended = 0;
  const open = await unit.handoffs.open();
  for (const key of open) ended += (await end(bridge, unit, key, by)) ? 1 : 0;
  return { ended, unreadable: open.length - ended };
}

async function stopEverything(bridge: Bridge, { killSwitch, audit }: Unit, by: string): Promise<void> {
  const order = { scope: { kind: 'global' }, by, reason: 'restored from a backup' } satisfies Omit<KillOrder, 'atMs'>;
  await killSwitch.engage({ ...order, atMs: bridge.clock.nowMs() });
  const contentSha256 = sha256Hex(canonicalJson(order));
  audit.append(newEvent(bridge, 'kill.engaged', { txn: noHandoff, contentSha256, actor: by }));
}

/** False for an erased person. */
async function end(bridge: Bridge, unit: Unit, key: HandoffKey, by: string): Promise<boolean> {
  const handoff = await unit.handoffs.find(key);
  const dataKey = handoff && (await unit.keys.find(handoff.keyId));
  if (handoff === undefined || dataKey === undefined) return false;
  const tip = await recallChain(bridge, unit.handoffs, key, dataKey, handoff.tip);
  const offer = nearest('offer', tip);
  if (tip === undefined || offer === undefined) throw new Error('a handoff without its objects');
  const content = openContent(bridge, dataKey, handoff);
  const outcome = outcomeOf(bridge, handoff, content);
  const next: Handoff = { ...handoff, state: 'finished', outcome };
  await unit.handoffs.save(next);
  await unit.handoffs.release(next);
  unit.audit.append(newEvent(bridge, 'restore.ended', { txn: key.txn, contentSha256: offer.sha256, actor: by }));
  const payload = resultPayload(next, content, bridge.model.kind);
  logResult(bridge, unit, resultClaims(bridge, next, payload, offer.claims.manifest, tip));
  return true;
}

/** What was dispatched may have happened; the rest was not sent, as far as this store knows. */
function outcomeOf(bridge: Bridge, handoff: Handoff, { effects = [] }: HandoffContent): HandoffOutcome {
  const sent = handoff.state === 'acting' ? effects : [];
  return {
    disposition: 'errored',
    reason: 'restored',
    effects: sent.map((effect) => receiptOf(effect, undefined, nowSeconds(bridge))),
    approvals: handoff.approvalSha256 === undefined ? [] : [handoff.approvalSha256],
  };
}
