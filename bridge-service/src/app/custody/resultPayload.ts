import { canonicalJson } from '@agent-readiness/protocol';
import type { Disposition, Plan } from '@agent-readiness/protocol/handoff';
import type { JsonValue } from '../../domain/json.ts';
import type { Handoff } from '../../ports/handoffs.ts';
import type { ModelPort } from '../../ports/model.ts';
import type { HandoffContent, RecordedRead } from '../content.ts';

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
  /** What of the org the model was shown, masked: names and ids, no values. */
  readonly reads?: readonly ReadReceipt[];
  /** The question went by a batch, which the provider keeps for a while: not with zero retention. */
  readonly retained_by_provider?: true;
}

/** One read of the org; `at` in seconds since the epoch. */
export interface ReadReceipt {
  readonly object: string;
  readonly fields: readonly string[];
  readonly record_ids: readonly string[];
  readonly at: number;
}

/** The same bytes each time: their digest is in the log. */
export function resultPayload(
  { outcome }: Handoff,
  { output, plan, reads = [], batched = false }: HandoffContent,
  answeredBy: ModelPort['kind'],
): string {
  const disposition = outcome?.disposition ?? 'errored';
  const payload: ResultPayload = {
    disposition,
    reason: outcome?.reason ?? '',
    answered_by: answeredBy,
    ...(disposition === 'executed' && output !== undefined ? { output } : {}),
    ...(disposition === 'approval_required' && plan !== undefined ? { plan } : {}),
    ...(reads.length > 0 ? { reads: reads.map(receiptOf) } : {}),
    ...(batched ? { retained_by_provider: true } : {}),
  };
  return canonicalJson(payload);
}

function receiptOf({ object, fields, records, at }: RecordedRead): ReadReceipt {
  return { object, fields, record_ids: records.map(({ id }) => id), at };
}
