import type { Size } from '../size.ts';
import type { Bounds, Effort } from './bounds.ts';
import type { Given } from './given.ts';
import type { Leaks } from './leaks.ts';
import { HeapObject, type Content, type HeapField, type Value } from './value.ts';

/**
 * What a callee did that was run on stand-ins for the objects given to it, so that it can be done again to every
 * caller's own. A stand-in has the number of the object that it stands for.
 */
export interface Outcome {
  readonly returned: Value | undefined;
  /** Empty where nothing below refers to one. */
  readonly standIns: readonly HeapObject[];
  readonly changes: readonly Change[];
  readonly leaked: readonly HeapObject[];
  readonly wasUnknownChanged: boolean;
  readonly effort: Effort;
  /** How many callees deep it went. */
  readonly height: number;
}

/** What is new about one object. */
interface Change {
  readonly number: number;
  /** Where it is less known than before. */
  readonly content: Content | undefined;
  readonly isPublic: boolean;
  readonly fields: readonly HeapField[];
  readonly item: Value | undefined;
  /** Empty where an item is new that stands for one which the same place added. */
  readonly parts: readonly (readonly [place: string, size: Size])[];
}

/** What the running of code leaves behind, besides what it does to objects. */
interface Traces {
  readonly leaks: Leaks;
  readonly bounds: Bounds;
}

/**
 * Runs code on stand-ins for what it is given. What it does depends on the key of that alone.
 *
 * @param depth how many callees deep the caller stands
 * @param leaks what leaked from the caller
 * @param apart the traces of the code, none so far
 */
export function observe(
  given: Given,
  depth: number,
  leaks: Leaks,
  apart: Traces,
  run: (values: readonly (Value | undefined)[]) => Value | undefined,
): Outcome {
  const { objects, values, outside } = given;
  const standIns = objects.map(({ content }) => new HeapObject(content, {}));
  const byObject = new Map(objects.map((object, number) => [object, standIns[number]]));
  const origins = new Map<Value, Value>();
  const standFor = (value: Value): Value => {
    const heap = value.heap && byObject.get(value.heap.identity);
    const stand = { ...value, depth: Math.max(value.depth - outside, 0), heap };
    origins.set(stand, value);
    return stand;
  };
  const leakedBefore = leaks.reached();
  for (const [object, standIn] of byObject) {
    standIn?.copy(object, standFor);
    if (standIn && leakedBefore.has(object)) apart.leaks.add(standIn);
  }
  const returned = run(values.map((value) => value && standFor(value)));
  const changes = standIns.flatMap((standIn, number) => {
    const known = objects[number];
    return known ? (changeOf(number, known, standIn, origins) ?? []) : [];
  });
  const leaked = [...apart.leaks.reached()];
  for (const standIn of standIns) standIn.clear();
  const { effort } = apart.bounds;
  const isReferred = changes.length > 0 || leaked.length > 0 || returned?.heap !== undefined;
  return {
    returned,
    standIns: isReferred ? standIns : [],
    changes,
    leaked,
    wasUnknownChanged: apart.leaks.wasUnknownChanged,
    effort,
    height: effort.depth - depth - 1,
  };
}

function changeOf(
  number: number,
  before: HeapObject,
  after: HeapObject,
  origins: ReadonlyMap<Value, Value>,
): Change | undefined {
  const { isPublic } = after;
  if (!after.isChanged && !isPublic) return undefined;
  const content = after.content === before.content ? undefined : after.content;
  const isNew = (value: Value, known: Value | undefined): boolean => !known || origins.get(value) !== known;
  const fields = [...after.fields]
    .filter(([key, { value }]) => isNew(value, before.fields.get(key)?.value))
    .map(([, field]) => field);
  const { item } = after;
  const parts = [...after.parts].filter(([place, size]) => before.parts.get(place) !== size);
  const isItemNew = item !== undefined && (parts.length > 0 || isNew(item, before.item));
  return { number, content, isPublic, fields, item: isItemNew ? item : undefined, parts };
}

/**
 * Does to the objects given what a callee did to their stand-ins, and returns what it returned.
 *
 * @param leaks what leaked from the caller
 */
export function replay(outcome: Outcome, { objects, outside }: Given, leaks: Leaks): Value | undefined {
  const { returned, standIns, changes, leaked, wasUnknownChanged } = outcome;
  const actual = new Map<HeapObject, HeapObject>();
  for (const [number, { identity }] of standIns.entries()) {
    const object = objects[number];
    const known = actual.get(identity);
    if (object && known) known.merge(object);
    else if (object) actual.set(identity, object);
  }
  const here = (value: Value): Value => ({
    ...value,
    depth: value.depth + outside,
    heap: value.heap && objectHere(value.heap.identity),
  });
  const objectHere = (object: HeapObject): HeapObject => {
    const known = actual.get(object);
    if (known) return known;
    const made = new HeapObject(object.content);
    actual.set(object, made);
    made.copy(object, here);
    return made;
  };
  if (wasUnknownChanged) leaks.changeUnknown();
  for (const change of changes) {
    const object = objects[change.number];
    if (object) apply(change, object, here);
  }
  const value = returned && here(returned);
  for (const each of leaked) {
    const object = actual.get(each);
    if (object) leaks.add(object);
  }
  return value;
}

function apply(
  { content, isPublic, fields, item, parts }: Change,
  object: HeapObject,
  here: (value: Value) => Value,
): void {
  if (content === 'foreign') object.disclose();
  else if (content) object.merge(new HeapObject(content));
  if (isPublic) object.publish();
  for (const { name, value } of fields) object.setField(name, here(value));
  if (!item) return;
  const held = here(item);
  const [known = 'callee'] = object.parts.keys();
  if (parts.length === 0) object.add(known, held, 0);
  for (const [place, size] of parts) object.add(place, held, size);
}
