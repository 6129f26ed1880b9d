import type { Confirmation, Place } from '@agent-readiness/protocol';
import type { Entry, Expression, Item } from '../../../extract/agentScript/ast.ts';
import { readActionTarget, readAgentTarget, type ReadTarget } from './actionTarget.ts';
import { bodyOf, entriesNamed, entriesOf, isTrue, referenceOf, textsNamed } from './reading.ts';

export interface InputDefinition {
  readonly name: string;
  readonly place: Place;
  /** What a `run` passes that does not name the input. */
  readonly initial: Expression | undefined;
  /** What every call passes that does not name the input. */
  readonly bound: Expression | undefined;
}

/** Something a subagent can call, as the script defines it; whether anything calls it is another question. */
export interface ActionDefinition extends ReadTarget {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly place: Place;
  readonly confirmation: Confirmation;
  readonly inputs: readonly InputDefinition[];
}

export function readActionDefinition({ key, place, body }: Entry): ActionDefinition {
  return {
    name: key,
    aliases: textsNamed(body, 'label', 'source'),
    place,
    ...readActionTarget(entriesNamed(body, 'target')[0], key, place),
    confirmation: isTrue(body, 'require_user_confirmation') ? 'declared-only' : 'none',
    inputs: readInputs(body),
  };
}

/** The other agent behind a `connected_subagent` block; the defaults of its inputs are always passed. */
export function readConnectedAgent(name: string, { place, body }: Entry): ActionDefinition {
  return {
    name,
    aliases: textsNamed(body, 'label'),
    place,
    ...readAgentTarget(entriesNamed(body, 'target')[0], name, place),
    confirmation: 'none',
    inputs: readInputs(body).map((input) => ({ ...input, bound: input.initial })),
  };
}

/** In nodes of a custom type an input may be bound where it is defined: `key: @variables.x`. */
export function readInputs(body: readonly Item[]): readonly InputDefinition[] {
  return entriesOf(bodyOf(body, 'inputs')).map(({ key, place, value, initial }) => {
    const isBound = value !== undefined && value.kind !== 'template' && referenceOf(value)?.namespace === 'variables';
    return { name: key, place, initial, bound: isBound ? value : undefined };
  });
}
