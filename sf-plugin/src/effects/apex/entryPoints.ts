import type { ApexMethod, Parameter } from '../../extract/apex/summary.ts';
import type { AbstractValue, Callable, CallContext } from '../model.ts';
import type { ClassInSource, ClassWorld } from './classWorld.ts';
import { ofDeclared } from './constants.ts';
import { fromAbstract } from './context.ts';
import { elementType, isPrimitive } from './typeNames.ts';
import { HeapObject, type Value } from './value.ts';
import { plain } from './values.ts';
import { fold } from './fold.ts';

type EntryKind = Extract<Callable, { kind: 'apex-class' }>['entry'];

const annotations: Readonly<Record<EntryKind, readonly string[]>> = {
  invocable: ['invocablemethod'],
  rest: ['httpget', 'httppost', 'httpput', 'httppatch', 'httpdelete'],
  aura: ['auraenabled'],
  'flow-plugin': [],
};

/** The methods by which the platform enters a class. */
export function entryMethods({ type }: ClassInSource, entry: EntryKind): readonly ApexMethod[] {
  if (entry === 'flow-plugin') return type.methods.filter(({ name }) => fold(name) === 'invoke');
  const wanted = annotations[entry];
  return type.methods.filter((method) => method.annotations.some((each) => wanted.includes(each)));
}

/**
 * What an entry method is given. An invocable method takes a list with one request for each call of
 * the action, so that its list holds one item; a collection inside the request has no known end.
 */
export function entryArgument(
  world: ClassWorld,
  owner: ClassInSource,
  parameter: Parameter,
  entry: EntryKind,
  context: CallContext,
): Value {
  const element = elementType(parameter.type);
  const known = inputNamed(context, parameter.name);
  if (entry !== 'invocable' || element === undefined) return inputValue(known, parameter.type, context);
  const heap = new HeapObject('own');
  heap.add('request', requestOf(world, owner, element, parameter, context), 1);
  return { ...plain(parameter.type, 'constant', 1), heap };
}

function requestOf(
  world: ClassWorld,
  owner: ClassInSource,
  type: string,
  parameter: Parameter,
  context: CallContext,
): Value {
  const request = world.resolve(type, owner);
  if (!request) {
    // A list of plain values is one input; it goes by the name of the parameter or by a name of the platform's.
    const inputs = Object.values(context.inputs);
    const only = inputs.length === 1 && isPrimitive(type) ? inputs[0] : undefined;
    return inputValue(inputNamed(context, parameter.name) ?? only, type, context);
  }
  const heap = new HeapObject('own');
  for (const [name, input] of Object.entries(context.inputs)) {
    const field = request.type.fields.find((each) => fold(each.name) === fold(name));
    if (field) heap.setField(field.name, inputValue(input, field.type, context));
  }
  return { ...plain(request.type.name, context.otherInputs, 1), isExact: true, heap };
}

function inputValue(known: AbstractValue | undefined, type: string, { otherInputs }: CallContext): Value {
  const value = fromAbstract(known, type, otherInputs);
  const { constant } = value;
  return { ...value, constant: constant === undefined ? undefined : ofDeclared(constant, type) };
}

function inputNamed({ inputs }: CallContext, name: string): CallContext['inputs'][string] | undefined {
  const key = fold(name);
  return Object.entries(inputs).find(([each]) => fold(each) === key)?.[1];
}
