import type { Certainty, Extent, Identity, Operation, Reversibility } from '@agent-readiness/protocol';

/** One effect of a standard action, before the call that gives it a place, an identity and a chooser. */
export interface EffectTemplate {
  readonly operation: Operation;
  /** `*` where the caller names the object. */
  readonly object: string;
  readonly fields: readonly string[];
  /** For messages, the number of messages, however many people receive each. */
  readonly extent: Extent;
  /** Where it differs from what is ordinary for the operation. */
  readonly reversibility?: Reversibility;
  /** Where the action does not run as its caller. */
  readonly identity?: Identity;
}

/** What a standard action does. `possible`: read off its name or its documentation, not off its behaviour. */
export interface StandardAction {
  readonly effects: readonly EffectTemplate[];
  readonly certainty: Certainty;
}

/** Operations that change fields of records; all others carry no field list. */
const fieldOperations: ReadonlySet<Operation> = new Set<Operation>(['create', 'update', 'upsert', 'grant', 'unknown']);

/** An effect in its usual form: one record or message, any field. */
export function effect(operation: Operation, object: string, more: Partial<EffectTemplate> = {}): EffectTemplate {
  return { operation, object, fields: fieldOperations.has(operation) ? ['*'] : [], extent: 'one', ...more };
}
