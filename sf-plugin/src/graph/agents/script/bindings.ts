import type { Place } from '@agent-readiness/protocol';
import type { Expression } from '../../../extract/agentScript/ast.ts';
import type { ActionBinding, InputBinding } from '../../agent.ts';
import { strongestGate } from '../gate.ts';
import type { Route } from '../weakestRoutes.ts';
import type { Invocation } from './behaviour.ts';
import type { ActionDefinition } from './definition.ts';
import type { ScriptTrust } from './scriptTrust.ts';

type Callee = Pick<ActionDefinition, 'confirmation' | 'inputs'>;

/** What a call passes for one input; without a value, what the model fills in. */
interface PassedInput {
  readonly name: string;
  readonly value: Expression | undefined;
  readonly place: Place;
}

/**
 * One way in which the agent calls an action.
 *
 * @param route from the agent to the subagent that calls
 */
export function bindInvocation(call: Invocation, callee: Callee, route: Route, trust: ScriptTrust): ActionBinding {
  // A `run` does not ask the user, whatever the definition declares.
  const declared = call.mode === 'model' ? callee.confirmation : 'none';
  return {
    place: call.place,
    invocation: call.mode,
    gate: strongestGate([route.gate, trust.gateOf(call.guard), declared]),
    inputs: passedInputs(call, callee).map((input) => bindInput(input, call, trust)),
    path: [...route.hops, ...call.hops],
  };
}

/** The inputs in the order of their definition, then those the definition does not know. */
export function passedInputs({ mode, inputs }: Invocation, callee: Pick<Callee, 'inputs'>): readonly PassedInput[] {
  // Of several values for one input, the platform takes the last.
  const values = new Map(inputs.map(({ parameter, value }) => [parameter, value]));
  const definedNames = new Set(callee.inputs.map(({ name }) => name));
  const extra = [...values].filter(([name]) => !definedNames.has(name));
  return [
    ...callee.inputs.map(({ name, place, bound, initial }) => {
      const value = values.get(name) ?? bound ?? (mode === 'deterministic' ? initial : undefined);
      return { name, value, place: value?.place ?? place };
    }),
    ...extra.map(([name, value]) => ({ name, value, place: value.place })),
  ];
}

function bindInput({ name, value, place }: PassedInput, { call }: Invocation, trust: ScriptTrust): InputBinding {
  if (value === undefined) return { name, chosenBy: 'model', place };
  const constant = trust.constantOf(value);
  return constant === undefined
    ? { name, chosenBy: trust.chosenBy(value, call), place }
    : { name, chosenBy: 'constant', constant, place };
}
