import { canonicalJson } from '@agent-readiness/protocol';
import type { Disposition, Plan } from '@agent-readiness/protocol/handoff';
import type { JsonValue } from '../../domain/json.ts';
import type { Handoff } from '../../ports/handoffs.ts';
import type { ModelPort } from '../../ports/model.ts';
import type { HandoffContent } from '../content.ts';

/** What a result says in words: the payload beside it, as JSON. */
export interface ResultPayload {
  readonly disposition: Disposition;
  /** Why, as a stable code; empty when all went as asked. */
  readonly reason: string;
  /** Who thought: `offline` and `replay` are no model's answers. */
  readonly answered_by: ModelPort['kind'];
  /** The task's output; only when it was carried out. */
  readonly output?: JsonValue;
  /** What waits for a person, exactly as it would run. */
  readonly plan?: Plan;
}

/** The same bytes each time: their digest is in the log. */
export function resultPayload(
  { outcome }: Handoff,
  { output, plan }: HandoffContent,
  answeredBy: ModelPort['kind'],
): string {
  const disposition = outcome?.disposition ?? 'errored';
  const payload: ResultPayload = {
    disposition,
    reason: outcome?.reason ?? '',
    answered_by: answeredBy,
    ...(disposition === 'executed' && output !== undefined ? { output } : {}),
    ...(disposition === 'approval_required' && plan !== undefined ? { plan } : {}),
  };
  return canonicalJson(payload);
}
