import type { Certainty, ChosenBy } from '@agent-readiness/protocol';
import type { Expression } from '../../extract/apex/body.ts';
import type { Position } from '../../extract/apex/position.ts';
import { lessTrusted } from '../lattice.ts';
import type { ClassInSource } from './classWorld.ts';
import { place, type Frame, type Machine } from './frame.ts';
import { contextOf } from './context.ts';
import { construct } from './inlining.ts';
import { recordGraphRecord } from './platform/salesTransactions.ts';
import { isInertClass, isPlatformNamespace } from './platformTypes.ts';
import { constructorName, touch } from './properties.ts';
import { elementType, parseType } from './typeNames.ts';
import { HeapObject, type Value } from './value.ts';
import { chooserOf, created, plain, sizeOf, staticTypes } from './values.ts';
import { callUnseen, callUnseenPart } from './unseen.ts';

type New = Extract<Expression, { kind: 'new' }>;

export function createObject(machine: Machine, expression: New, frame: Frame): Value {
  const { type, at } = expression;
  const args = expression.args.map((arg) => machine.evaluate(arg, frame));
  const owner = machine.world.resolve(type, frame.owner);
  if (owner) return createInstance(machine, owner, args, at, frame);
  if (elementType(type) !== undefined) return copyOf(type, args[0], at, frame);
  const { name } = parseType(type);
  if (expression.fields.length === 0 && isUnseenClass(name, args.length)) callUnseen(frame, at, name);
  recordGraphRecord(frame, at, name, args);
  const heap = new HeapObject('own', frame.region);
  for (const field of expression.fields) heap.setField(field.name, machine.evaluate(field.value, frame));
  for (const [index, arg] of args.entries()) heap.setField(`#${String(index)}`, arg);
  return created(name, frame.loops.length, heap);
}

/** A record is created without arguments or by naming its fields; anything else is a class. */
function isUnseenClass(name: string, args: number): boolean {
  return (args > 0 || name.includes('.')) && !isInertClass(name) && !isPlatformNamespace(name);
}

export function createInstance(
  machine: Machine,
  owner: ClassInSource,
  args: readonly Value[],
  at: Position,
  frame: Frame,
  certainty: Certainty = 'proven',
): Value {
  const self = created(owner.type.name, frame.loops.length, new HeapObject('own', frame.region));
  // Where constructors are not run, what they are given may be anywhere in the object.
  if (!machine.callees) for (const [index, arg] of args.entries()) self.heap?.setField(`#${String(index)}`, arg);
  touch(frame, owner, at);
  const found = machine.world.constructorFor(owner, args.map(staticTypes));
  callUnseenPart(machine, frame, at, owner);
  if (!hasInstanceCode(machine, owner)) return self;
  const signature = found ? found.parameters.map(({ type }) => type).join(',') : '';
  frame.sink.call({ kind: 'apex-method', name: owner.type.name, method: constructorName, signature }, () => ({
    context: contextOf(frame, args, { ...self, heap: new HeapObject('own') }),
    cause: 'call',
    certainty,
    place: place(frame, at),
    label: `creates ${owner.type.name}`,
  }));
  construct(machine, owner, found, self, args, frame);
  return self;
}

/** An object of a class that is decided at run time, once the code says what it takes it for. */
export function createAnyOf(machine: Machine, type: string, at: Position, frame: Frame): void {
  const owner = machine.world.resolve(type, frame.owner);
  const classes = owner
    ? [owner, ...machine.world.descendants(owner)]
    : machine.world.implementationsOf(parseType(type).name);
  for (const each of classes) {
    const isMade = each.type.kind === 'class' && !each.type.isAbstract;
    if (isMade) createInstance(machine, each, [], at, frame, 'possible');
  }
}

function hasInstanceCode(machine: Machine, owner: ClassInSource): boolean {
  return machine.world
    .ancestry(owner)
    .some(
      ({ type }) =>
        type.constructors.length > 0 ||
        type.initializers.some(({ isStatic }) => !isStatic) ||
        type.fields.some(({ isStatic, value }) => !isStatic && value !== undefined),
    );
}

/** `new List<X>(other)`, `new Map<Id, X>([SELECT …])`: a collection with the items of another. */
function copyOf(type: string, from: Value | undefined, at: number, frame: Frame): Value {
  const heap = new HeapObject('own');
  const source = from?.types.some((each) => elementType(each) !== undefined) ? from : undefined;
  const chosenBy: ChosenBy = source ? chooserOf(source, 1) : 'constant';
  if (source) {
    const element = elementType(source.types[0] ?? '') ?? 'Object';
    heap.add(String(at), source.heap?.item ?? plain(element, chosenBy, frame.loops.length), sizeOf(source));
  }
  return created(type, frame.loops.length, heap, chosenBy);
}

export function collectionValue(
  machine: Machine,
  { type, items, keys, sizes, at }: Extract<Expression, { kind: 'collection' }>,
  frame: Frame,
): Value {
  let chosenBy: ChosenBy = 'constant';
  for (const size of sizes ?? []) machine.evaluate(size, frame);
  for (const key of keys) chosenBy = lessTrusted(chosenBy, chooserOf(machine.evaluate(key, frame)));
  const heap = new HeapObject('own');
  for (const [index, item] of items.entries()) {
    const value = machine.evaluate(item, frame);
    // In an IN list, a bound collection stands for its items.
    heap.add(`${String(at)}.${String(index)}`, value, sizeOf(value));
  }
  return created(type, frame.loops.length, heap, chosenBy);
}
