import { canonicalJson } from '@agent-readiness/protocol';
import type { Disposition } from '@agent-readiness/protocol/handoff';
import type { Handoff } from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { dataKeyOf, openContent } from '../content.ts';

/**
 * What an agent learns by a claim check: small, unsigned, and nothing that would need judging. The org's own
 * code fetches the signed objects.
 */
export interface ClaimView {
  readonly handoff_id: string;
  readonly status: 'refused' | 'pending' | 'approval_required' | 'finished';
  readonly disposition?: Disposition;
  readonly reason: string;
  /** JSON, as text: each task has a schema of its own. */
  readonly output?: string;
}

export type Claimed =
  { readonly ok: true; readonly view: ClaimView } | { readonly ok: false; readonly why: ClaimRefusal };

/** `unknown` also stands for the handoff of another org: who asks must not learn that it exists. */
export type ClaimRefusal = 'unknown' | 'expired' | 'closed';

/**
 * Looks at a handoff by nothing but its id, for routes on which no code of the org runs before the call. The
 * id is the `txn`, which the org's own code has drawn at random; it serves until the org has closed the
 * handoff, and no longer than the conversation's tokens live.
 *
 * @throws ErasedError
 */
export function claimHandoff(bridge: Bridge, key: HandoffKey): Promise<Claimed> {
  return bridge.store.transaction(async (unit) => {
    const handoff = await unit.handoffs.find(key);
    if (handoff === undefined) return { ok: false, why: 'unknown' };
    if (bridge.clock.nowMs() > handoff.deadlineMs + bridge.policy.vaultRetentionMs)
      return { ok: false, why: 'expired' };
    const objects = await unit.handoffs.objects(key);
    if (objects.some(({ kind }) => kind === 'close')) return { ok: false, why: 'closed' };
    const { output } = openContent(bridge, await dataKeyOf(unit, handoff.keyId), handoff);
    const { outcome } = handoff;
    const isDone = outcome?.disposition === 'executed' && output !== undefined;
    return {
      ok: true,
      view: {
        handoff_id: key.txn,
        status: statusOf(handoff),
        ...(outcome === undefined ? {} : { disposition: outcome.disposition }),
        reason: outcome?.reason ?? '',
        ...(isDone ? { output: canonicalJson(output) } : {}),
      },
    };
  });
}

function statusOf({ state }: Handoff): ClaimView['status'] {
  return state === 'accepted' || state === 'acting' ? 'pending' : state;
}
