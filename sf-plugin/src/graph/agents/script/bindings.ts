import type { Hop } from '@agent-readiness/protocol';
import type { Expression, With } from '../../../extract/agentScript/ast.ts';
import type { ActionBinding, InputBinding } from '../../agent.ts';
import { strongestGate } from '../gate.ts';
import type { Invocation } from './behaviour.ts';
import type { ActionDefinition, InputDefinition } from './definition.ts';
import type { Trust } from './trust.ts';

type Callee = Pick<ActionDefinition, 'confirmation' | 'inputs'>;

/**
 * One way in which the agent calls an action.
 *
 * @param route from the agent to the subagent that calls
 */
export function bindInvocation(call: Invocation, callee: Callee, route: readonly Hop[], trust: Trust): ActionBinding {
  // A `run` does not ask the user, whatever the definition declares.
  const declared = call.mode === 'model' ? callee.confirmation : 'none';
  return {
    place: call.place,
    invocation: call.mode,
    gate: strongestGate([trust.gateOf(call.guard), declared]),
    inputs: bindInputs(call.inputs, callee.inputs, call.mode, trust),
    path: [...route, ...call.hops],
  };
}

/** The inputs in the order of their definition, then those the definition does not know. */
function bindInputs(
  bound: readonly With[],
  defined: readonly InputDefinition[],
  mode: Invocation['mode'],
  trust: Trust,
): readonly InputBinding[] {
  // Of several values for one input, the platform takes the last.
  const values = new Map(bound.map((each) => [each.parameter, each]));
  const definedNames = new Set(defined.map(({ name }) => name));
  const extra = [...values.values()].filter(({ parameter }) => !definedNames.has(parameter));
  return [
    ...defined.map((input) => {
      const given = values.get(input.name);
      if (given) return bindValue(input.name, given.value, trust);
      const value = input.bound ?? (mode === 'deterministic' ? input.initial : undefined);
      if (value) return bindValue(input.name, value, trust);
      return { name: input.name, chosenBy: 'model', place: input.place } as const;
    }),
    ...extra.map(({ parameter, value }) => bindValue(parameter, value, trust)),
  ];
}

function bindValue(name: string, value: Expression, trust: Trust): InputBinding {
  const constant = trust.constantOf(value);
  const { place } = value;
  return constant === undefined
    ? { name, chosenBy: trust.chosenBy(value), place }
    : { name, chosenBy: 'constant', constant, place };
}
