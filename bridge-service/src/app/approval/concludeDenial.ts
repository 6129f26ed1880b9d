import { nearest, type Verified } from '@agent-readiness/protocol/handoff';
import type { Handoff, HandoffOutcome } from '../../ports/handoffs.ts';
import type { Unit } from '../../ports/store.ts';
import type { Bridge } from '../bridge.ts';
import type { HandoffContent } from '../content.ts';
import { resultPayload } from '../custody/resultPayload.ts';
import { logResult, resultClaims } from '../custody/signResult.ts';

export interface Denial {
  readonly bridge: Bridge;
  readonly unit: Unit;
  /** Under this replica's lease. */
  readonly handoff: Handoff;
  readonly content: HandoffContent;
  /** What the result follows: the rejection, or the accept where no person had a say. */
  readonly previous: Verified;
  readonly reason: 'approval_rejected' | 'approval_expired';
}

/** Ends a handoff whose plan will not run. */
export async function concludeDenial({ bridge, unit, handoff, content, previous, reason }: Denial): Promise<void> {
  const outcome: HandoffOutcome = { disposition: 'denied', reason, effects: [], approvals: [] };
  const next: Handoff = { ...handoff, state: 'finished', tip: previous.sha256, outcome };
  const offer = nearest('offer', previous);
  if (offer === undefined) throw new Error('a handoff without an offer');
  await unit.handoffs.save(next);
  const payload = resultPayload(next, content, bridge.model.kind);
  logResult(bridge, unit, resultClaims(bridge, next, payload, offer.claims.manifest, previous));
  await unit.outbox.deliver(next.key);
}
