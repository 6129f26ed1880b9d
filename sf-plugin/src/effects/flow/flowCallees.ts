import type { Identity } from '@agent-readiness/protocol';
import type { FlowCall } from '../../extract/flow/flowFacts.ts';
import type { Call, Callable } from '../model.ts';
import { targetToCallable } from '../services/targetToCallable.ts';
import type { Scope, State } from './scope.ts';
import type { Size } from '../size.ts';
import { toAbstract } from './passedValue.ts';

/** Action types, besides `flow`, whose name is that of another flow. */
const flowActions: ReadonlySet<string> = new Set([
  'agxFlow',
  'autoApprovalEvaluationFlow',
  'evaluationFlow',
  'stepAgxBackground',
  'stepAgxInteractive',
  'stepApproval',
  'stepBackground',
  'stepInteractive',
]);

/** Code that runs in the browser of whoever sees the screen. */
const components: ReadonlySet<string> = new Set(['screenComponent', 'component', 'lwcComponent']);

/** What an element starts, and with what. */
export function toCall(
  call: FlowCall,
  { state, scope, runs, identity }: { state: State; scope: Scope; runs: Size; identity: Identity },
): Call {
  const callee = calleeOf(call);
  const inputs = call.inputs.map(({ name, value }) => [name, toAbstract(scope.evaluate(state, value))] as const);
  return {
    callee,
    context: {
      identity,
      // Apex that a flow starts is an entry point: its sharing does not come from the flow.
      isEntry: callee.kind === 'apex-class',
      inputs: Object.fromEntries(inputs),
      // What the flow leaves out keeps the callee's default.
      otherInputs: 'constant',
      ...(runs !== 1 && { repeats: runs }),
    },
    cause: 'call',
    certainty: 'proven',
    place: call.place,
    label: `${titleOf(call)} "${call.label}"`,
  };
}

function calleeOf({ type, name }: FlowCall): Callable {
  if (name === '' || type === '' || components.has(type)) return { kind: 'opaque', type: type || 'action', name };
  if (type === 'apexPlugin') return { kind: 'apex-class', name, entry: 'flow-plugin' };
  const callee: Callable = flowActions.has(type) ? { kind: 'flow', name } : targetToCallable({ type, name });
  // A platform action of a flow may have a configuration of its own, such as the alert that is sent.
  return callee.kind === 'standard-action' && name !== type ? { ...callee, name: `${type}/${name}` } : callee;
}

function titleOf({ type }: FlowCall): string {
  if (type === 'flow') return 'Subflow';
  if (type === 'apexPlugin') return 'Apex plug-in';
  if (components.has(type)) return 'Screen component';
  return type.startsWith('step') ? 'Step' : 'Action';
}
