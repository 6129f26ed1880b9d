import type { ChosenBy } from '@agent-readiness/protocol';
import { lessTrusted } from '../lattice.ts';
import type { AbstractValue, CallContext } from '../model.ts';
import { repeats, type Frame } from './frame.ts';
import { objectsOf } from './records.ts';
import { inheritedIdentity } from './securityMode.ts';
import { elementType, inert, isGeneral, isPrimitive, parseType } from './typeNames.ts';
import { HeapObject, type Value } from './value.ts';
import { chooserOf, plain, sizeOf } from './values.ts';

/** How deep into an object its fields are told to the callee, and how many of them. */
const levels = 3;
const mostFields = 40;
const longestConstant = 200;

/** The name under which the object that a method runs on stands among the inputs. */
export const selfInput = 'this';

/** The circumstances in which a method of the project is called from here. */
export function contextOf(frame: Frame, args: readonly Value[], self: Value | undefined): CallContext {
  const inputs: Record<string, AbstractValue> = {};
  const shared = reachedTwice(self ? [self, ...args] : args);
  for (const [index, arg] of args.entries()) inputs[`#${String(index)}`] = toAbstract(arg, levels, shared);
  if (self) inputs[selfInput] = toAbstract(self, levels, shared);
  const times = repeats(frame, frame.loops.length);
  return {
    identity: inheritedIdentity(frame.sharing),
    isEntry: false,
    inputs,
    otherInputs: frame.otherInputs,
    ...(times !== 1 && { repeats: times }),
  };
}

/**
 * The objects that the callee can reach in more ways than one. It takes the ways for different
 * objects, so that it may not know what such an object holds.
 */
function reachedTwice(values: readonly Value[]): ReadonlySet<HeapObject> {
  const once = new Set<HeapObject>();
  const twice = new Set<HeapObject>();
  const visit = (heap: HeapObject | undefined, depth: number): void => {
    if (!heap || depth < 0) return;
    const { identity } = heap;
    if (once.has(identity)) {
      twice.add(identity);
      return;
    }
    once.add(identity);
    for (const { value } of heap.fields.values()) visit(value.heap, depth - 1);
    visit(heap.item?.heap, depth);
  };
  for (const { heap } of values) visit(heap, levels);
  return twice;
}

const none: ReadonlySet<HeapObject> = new Set();

/** What the callee is told of a value. */
function toAbstract(value: Value, depth: number, shared: ReadonlySet<HeapObject> = none): AbstractValue {
  const { constant, prefix, token, isExact } = value;
  const heap = value.heap && !shared.has(value.heap.identity) ? value.heap : undefined;
  const isCollection = value.types.some((type) => elementType(type) !== undefined);
  const record = isCollection ? seenItem(heap, shared) : heap;
  const itemChooser = isCollection && heap?.item ? chooserOf(heap.item, 1) : value.chosenBy;
  const isShort = constant !== undefined && String(constant).length <= longestConstant;
  const isKnown = record !== undefined && depth > 0 && record.content !== 'foreign';
  return {
    chosenBy: isKnown ? lessTrusted(value.chosenBy, itemChooser) : chooserOf(value),
    ...(isShort && { constant }),
    ...(prefix && { prefix: prefix.slice(0, longestConstant) }),
    ...(token !== undefined && { token }),
    ...typeOf(value.types, heap, isCollection),
    ...(isExact && { isExact }),
    ...(isCollection && heap && { size: sizeOf(value) }),
    ...(record && depth > 0 && record.fields.size > 0 && { fields: fieldsOf(record, depth, shared) }),
    ...(record && record.content !== 'foreign' && isToldInFull(record, depth) && { content: record.content }),
  };
}

/** A record of which fields are left out may have any. */
function isToldInFull({ fields }: HeapObject, depth: number): boolean {
  return fields.size <= (depth > 0 ? mostFields : 0);
}

/** What is known of the items of a collection; nothing where code not seen may have put more into it. */
function seenItem(heap: HeapObject | undefined, shared: ReadonlySet<HeapObject>): HeapObject | undefined {
  const item = heap && heap.content !== 'foreign' ? heap.item?.heap : undefined;
  return item && shared.has(item.identity) ? undefined : item;
}

function typeOf(
  types: readonly string[],
  heap: HeapObject | undefined,
  isCollection: boolean,
): Pick<AbstractValue, 'type'> {
  const [first] = types;
  if (isCollection && types.length === 1 && first !== undefined && isGeneral(first)) {
    const objects = heap?.item && heap.content === 'own' ? objectsOf(heap.item) : [];
    if (objects.length === 0 || objects.includes('*')) return {};
    return { type: objects.map((object) => `${parseType(first).name}<${object}>`).join('|') };
  }
  const telling = types.filter((type) => !isPrimitive(type) && type !== inert && type !== 'null' && !isGeneral(type));
  return telling.length === types.length && telling.length > 0 ? { type: telling.join('|') } : {};
}

function fieldsOf(record: HeapObject, depth: number, shared: ReadonlySet<HeapObject>): Record<string, AbstractValue> {
  const sorted = [...record.fields.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, mostFields);
  return Object.fromEntries(sorted.map(([, { name, value }]) => [name, toAbstract(value, depth - 1, shared)]));
}

/**
 * The value of a parameter, from what the caller told of it.
 *
 * @param otherwise who chooses a value that the caller told nothing of
 */
export function fromAbstract(known: AbstractValue | undefined, declared: string, otherwise: ChosenBy): Value {
  if (!known) return plain(declared, otherwise, 1);
  const types = (known.type ?? declared).split('|');
  const base: Value = {
    types,
    declared,
    isExact: known.isExact === true,
    chosenBy: known.chosenBy,
    constant: known.constant,
    token: known.token,
    prefix: known.prefix,
    depth: 1,
    isStripped: false,
    heap: undefined,
  };
  const record = recordOf(known);
  const [first = declared] = types;
  const element = elementType(first);
  if (element === undefined) return { ...base, heap: record };
  if (known.size === undefined) return base;
  const heap = new HeapObject('own');
  const items = [...new Set(types.map((type) => elementType(type) ?? element))];
  const item: Value = { ...plain(element, known.chosenBy, 1), types: items, heap: record };
  heap.add('caller', item, known.size);
  return { ...base, heap };
}

function recordOf({ fields, content, chosenBy }: AbstractValue): HeapObject | undefined {
  if (fields === undefined && content === undefined) return undefined;
  const heap = new HeapObject(content ?? 'foreign');
  for (const [name, field] of Object.entries(fields ?? {})) {
    heap.setField(name, fromAbstract(field, field.type ?? inert, chosenBy));
  }
  return heap;
}
