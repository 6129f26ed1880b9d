import type { Callable } from '../../model.ts';
import { targetToCallable } from '../../services/targetToCallable.ts';
import { contextOf } from '../context.ts';
import { place, recordUnknown } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';
import { HeapObject, type Value } from '../value.ts';
import { chooserOf, inertValue, plain } from '../values.ts';
import { keyOf, type PlatformCall } from './platformCall.ts';
import { fold } from '../fold.ts';

/** Flows started from Apex: by a class of their own or by a name. */
export function flowCall(call: PlatformCall): Value | undefined {
  const { args, target, frame, className } = call;
  const key = keyOf(call);
  if (key === 'flow.interview.createinterview') {
    const name = args.length > 2 ? args[1] : args[0];
    const heap = new HeapObject('own');
    for (const [index, arg] of args.entries()) heap.setField(String(index), arg);
    const { constant } = name ?? {};
    return {
      ...plain('Flow.Interview', 'constant', frame.loops.length),
      ...(typeof constant === 'string' && { token: constant }),
      heap,
    };
  }
  if (!target || !fold(className).startsWith('flow.interview') || fold(call.name) !== 'start') return undefined;
  const name = target.token ?? className.split('.')[2];
  if (name === undefined) recordUnknown(frame, call.at, '*', 'starts a flow decided at run time');
  else begin(call, { kind: 'flow', name }, `starts flow ${name}`);
  return inertValue(chooserOfAll([target]));
}

/** Invocable actions started from Apex. */
export function invocableCall(call: PlatformCall): Value | undefined {
  const { args, target, frame } = call;
  const [type, name] = args.map(({ constant }) => (typeof constant === 'string' ? constant : undefined));
  switch (keyOf(call)) {
    case 'invocable.action.createstandardaction':
      return action(type === undefined ? undefined : `standard:${type}`);
    case 'invocable.action.createcustomaction': {
      const last = args.at(-1)?.constant;
      const isKnown = type !== undefined && (args.length > 2 ? typeof last === 'string' : name !== undefined);
      return action(isKnown ? `${type}:${String(last)}` : undefined);
    }
    case 'invocable.action.setinvocationparameter':
      target?.heap?.setField(type ?? '*', args[1] ?? inertValue('derived'));
      return target;
    case 'invocable.action.invoke':
      break;
    default:
      return undefined;
  }
  const callable = target?.token === undefined ? undefined : callableOf(target.token);
  if (callable) begin(call, callable, `invokes the action ${callable.name}`);
  else recordUnknown(frame, call.at, '*', 'invokes an action decided at run time');
  return inertValue('derived');
}

/** An action that remembers what it stands for, as `type:name`, and the parameters it is given. */
function action(token: string | undefined): Value {
  return {
    ...plain('Invocable.Action', 'derived'),
    ...(token !== undefined && { token }),
    heap: new HeapObject('own'),
  };
}

/** A prompt template run from Apex. One that is named at run time is left to Connect in Apex. */
export function promptCall(call: PlatformCall): Value | undefined {
  if (keyOf(call) !== 'connectapi.einsteinllm.generatemessagesforprompttemplate') return undefined;
  const name = call.args[0]?.constant;
  if (typeof name !== 'string') return undefined;
  begin(call, { kind: 'prompt-template', name }, `runs prompt template ${name}`);
  return inertValue('derived');
}

function callableOf(known: string): Callable {
  const [type = '', name = ''] = known.split(':', 2);
  if (type === 'standard') return { kind: 'standard-action', name };
  // The one type of action that names an agent.
  if (fold(type) === 'generateaiagentresponse') return { kind: 'opaque', type: 'agent', name };
  return targetToCallable({ type, name });
}

function begin(call: PlatformCall, callee: Callable, label: string): void {
  const { frame, at, args, target } = call;
  const context = contextOf(frame, [], undefined);
  const chosenBy = target ? chooserOf(target) : chooserOfAll(args);
  frame.sink.call(callee, () => ({
    context: { ...context, otherInputs: chosenBy === 'constant' ? 'derived' : chosenBy },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label,
  }));
}
