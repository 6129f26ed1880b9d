import type { Position } from '../../extract/apex/position.ts';
import { callBack, compareItems, holdsObjects } from './callbacks.ts';
import { escape, noteChange, type Frame, type Machine } from './frame.ts';
import { times, type Size } from '../size.ts';
import { elementOf } from './reading.ts';
import { elementType, keyType, parseType } from './typeNames.ts';
import { orUnset } from './facts.ts';
import { HeapObject, type Value } from './value.ts';
import { chooserOf, created, inertValue, plain, sizeOf, tokenValue } from './values.ts';
import { fold } from './fold.ts';

interface CollectionCall {
  readonly target: Value;
  readonly name: string;
  readonly at: Position;
  readonly args: readonly Value[];
  readonly frame: Frame;
}

/** A method of a list, set, map or iterator; `undefined` for a method that none of them has. */
export function collectionCall(machine: Machine, call: CollectionCall): Value | undefined {
  const { target, frame, args } = call;
  const [first] = args;
  const last = args.at(-1);
  const type = target.types[0] ?? 'List<Object>';
  runItems(machine, call, type);
  switch (fold(call.name)) {
    case 'add':
    case 'put':
      if (last) put(machine, call, last, 1);
      // `put` returns what the key stood for before.
      return fold(call.name) === 'put' ? orUnset(elementOf(machine, frame, target)) : inertValue('derived');
    case 'set':
      if (last) put(machine, call, last, 1);
      return inertValue('derived');
    case 'addall':
    case 'putall':
      if (first) putAll(machine, call, first);
      return inertValue('derived');
    case 'get':
    case 'next':
      return valueAt(machine, call, type);
    case 'remove':
      return parseType(type).base === 'set' ? inertValue('derived') : valueAt(machine, call, type);
    case 'values':
    case 'iterator':
    case 'sort':
      return { ...target, types: [`List<${elementType(type) ?? 'Object'}>`] };
    case 'clone':
      return target;
    case 'deepclone':
      return copied(target, call);
    case 'keyset':
      return keysOf(call, type);
    case 'getsobjecttype':
      return tokenValue(elementType(type) ?? 'SObject');
    default:
      return collectionMethods.has(fold(call.name)) ? inertValue(chooserOf(target)) : undefined;
  }
}

const collectionMethods: ReadonlySet<string> = new Set(
  'clear contains containsall containskey equals hashcode hasnext indexof isempty removeall retainall size tostring'.split(
    ' ',
  ),
);

const comparing: ReadonlySet<string> = new Set(
  'add addall contains containsall containskey get indexof put putall remove removeall retainall'.split(' '),
);

/** What the platform calls on the items of a collection, or on the keys of a map, to sort and to find them. */
function runItems(machine: Machine, { target, name, at, args, frame }: CollectionCall, type: string): void {
  const { base } = parseType(type);
  const key = fold(name);
  if (key === 'sort' && base === 'list') {
    const item = elementOf(machine, frame, target);
    const [comparator] = args;
    if (comparator) callBack(machine, comparator, 'compare', [item, item], at, frame);
    else callBack(machine, item, 'compareTo', [plain('Object', item.chosenBy)], at, frame);
  } else if (comparing.has(key) && base === 'map') {
    compareItems(machine, plain(keyType(type), target.chosenBy), at, frame);
  } else if (comparing.has(key) && (base === 'set' || !key.startsWith('add'))) {
    if (holdsObjects(target)) compareItems(machine, elementOf(machine, frame, target), at, frame);
    if (args[0]) compareItems(machine, args[0], at, frame);
  }
}

/** A key that a map does not have stands for nothing. */
function valueAt(machine: Machine, { target, frame }: CollectionCall, type: string): Value {
  const item = elementOf(machine, frame, target);
  return parseType(type).base === 'map' ? orUnset(item) : item;
}

/** A collection made before a loop grows with each of its rounds; one made in it does not. */
function put(machine: Machine, { target, at, frame }: CollectionCall, item: Value, count: Size): void {
  let rounds: Size = 1;
  for (const each of frame.loops.slice(target.depth)) rounds = times(rounds, each);
  noteChange(machine, frame, target.heap);
  if (target.heap) target.heap.add(String(at), item, times(count, rounds));
  else escape(machine, frame, item);
}

function putAll(machine: Machine, call: CollectionCall, from: Value): void {
  put(machine, call, from.heap?.item ?? elementOf(machine, call.frame, from), sizeOf(from));
}

/** A deep clone has records of its own; an id that is not kept is no id. */
function copied(target: Value, { at, frame }: CollectionCall): Value {
  const heap = new HeapObject('own');
  const { item } = target.heap ?? {};
  const type = elementType(target.types[0] ?? '') ?? 'Object';
  const from = item ?? plain(type, target.chosenBy);
  heap.add(String(at), { ...from, depth: frame.loops.length }, sizeOf(target));
  return { ...target, heap };
}

function keysOf({ target, at, frame }: CollectionCall, type: string): Value {
  const heap = new HeapObject('own');
  const depth = frame.loops.length;
  heap.add(String(at), plain(keyType(type), chooserOf(target, 1), depth), sizeOf(target));
  return created(`Set<${keyType(type)}>`, depth, heap, chooserOf(target, 1));
}
