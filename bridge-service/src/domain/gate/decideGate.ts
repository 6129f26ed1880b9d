import { checkEffects, type EffectReceipt, type Grant, type Verified } from '@agent-readiness/protocol/handoff';
import type { JsonValue } from '../json.ts';
import { resolvePointer } from '../task/jsonPointer.ts';
import type { PlannedEffect } from '../task/plannedEffect.ts';
import type { TaskDefinition } from '../task/taskSchema.ts';

/** `code` says why, and is stable. */
export type GateDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'approval'; readonly code: GateReason }
  | { readonly kind: 'blocked'; readonly code: 'effect_outside_authority' };

export type GateReason =
  'task_always_asks' | 'grant_needs_approval' | 'irreversible' | 'many_records' | 'low_confidence' | 'guard_flagged';

export interface GateInput {
  readonly gate: TaskDefinition['gate'];
  readonly effects: readonly PlannedEffect[];
  readonly grants: readonly Grant[];
  /** The object that the result would follow. */
  readonly previous: Verified;
  readonly output: JsonValue;
  /** Whether a guardrail saw something that it does not block. */
  readonly flagged: boolean;
  /** Seconds since the epoch. */
  readonly now: number;
}

/** More records than this in one plan are for a person to decide. */
const fewRecords = 5;

/**
 * Who decides over a plan. Outside the accepted authority nobody can allow it; inside, a person decides
 * what the grant, the task or the effect itself calls for. A plan without effects changes nothing.
 */
export function decideGate({ gate, effects, grants, previous, output, flagged, now }: GateInput): GateDecision {
  if (effects.length === 0) return { kind: 'allowed' };
  const refusal = checkEffects(
    { effects: effects.map((effect) => asReceipt(effect, now)), approvals: [] },
    grants,
    previous,
  );
  if (refusal?.code === 'effect_outside_authority') return { kind: 'blocked', code: 'effect_outside_authority' };
  if (refusal !== undefined) return { kind: 'approval', code: 'grant_needs_approval' };
  if (gate.approval === 'always') return { kind: 'approval', code: 'task_always_asks' };
  if (effects.some(({ operation }) => operation === 'delete')) return { kind: 'approval', code: 'irreversible' };
  if (effects.length > fewRecords) return { kind: 'approval', code: 'many_records' };
  if (flagged) return { kind: 'approval', code: 'guard_flagged' };
  if (isUnsure(gate, output)) return { kind: 'approval', code: 'low_confidence' };
  return { kind: 'allowed' };
}

/** No confidence is low confidence. */
function isUnsure({ confidence }: TaskDefinition['gate'], output: JsonValue): boolean {
  if (confidence === undefined) return false;
  const value = resolvePointer(output, confidence.output);
  return typeof value !== 'number' || value < confidence.below;
}

/** A planned effect as the receipt it would become, for the same rules to judge before and after. */
function asReceipt({ operation, object, recordId, fields }: PlannedEffect, at: number): EffectReceipt {
  return {
    operation,
    object,
    fields: Object.keys(fields).sort(),
    ...(recordId === undefined ? {} : { record_id: recordId }),
    status: 'dispatched',
    at,
  };
}
