import type { ActionBinding, InputBinding } from '../../agent.ts';
import { strongestGate } from '../gate.ts';
import type { Route } from '../weakestRoutes.ts';
import type { Invocation } from './behaviour.ts';
import type { ActionDefinition } from './definition.ts';
import { passedInputs, type PassedInput } from './passedInputs.ts';
import type { ScriptTrust } from './scriptTrust.ts';

type Callee = Pick<ActionDefinition, 'confirmation' | 'inputs'>;

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

function bindInput({ name, value, place }: PassedInput, { call }: Invocation, trust: ScriptTrust): InputBinding {
  if (value === undefined) return { name, chosenBy: 'model', place };
  const constant = trust.constantOf(value);
  return constant === undefined
    ? { name, chosenBy: trust.chosenBy(value, call), place }
    : { name, chosenBy: 'constant', constant, place };
}
