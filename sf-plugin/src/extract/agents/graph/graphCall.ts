import type { Place } from '@agent-readiness/protocol';
import type { Json } from '../../json/json.ts';
import type { Located } from '../located.ts';
import { field, items, textField } from './fields.ts';

/** One entry of a list of a node: a call of an action, a move to another node, an assignment. */
export interface GraphCall {
  readonly place: Place;
  /** An action of the node, a node, or a name of the platform such as `__state_update_action__`. */
  readonly target: string;
  /** The name under which the model sees a tool. */
  readonly name: string | undefined;
  /** Inputs that the graph fills, with an expression or a value. */
  readonly bound: readonly GraphAssignment[];
  /** Inputs that the model fills. */
  readonly byModel: readonly Located[];
  /** The condition under which the call happens or is offered. */
  readonly enabled: Json | undefined;
  /** State variables that are assigned with it, in order. */
  readonly updates: readonly GraphAssignment[];
}

export interface GraphAssignment {
  readonly name: string;
  readonly place: Place;
  /** A text is an expression, anything else a value. */
  readonly value: Json;
}

export function readCall(json: Json): GraphCall {
  return {
    place: json.place,
    target: textField(json, 'target')?.value ?? '',
    name: textField(json, 'name')?.value,
    bound: assignments(field(json, 'boundInputs')),
    byModel: items(json, 'llmInputs').flatMap((input) =>
      input.kind === 'scalar' ? { value: String(input.value), place: input.place } : [],
    ),
    enabled: field(json, 'enabled'),
    updates: items(json, 'stateUpdates').flatMap(assignments),
  };
}

export function assignments(json: Json | undefined): GraphAssignment[] {
  return json?.kind === 'object' ? [...json.members] : [];
}
