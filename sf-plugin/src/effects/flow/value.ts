import type { ChosenBy } from '@agent-readiness/protocol';
import type { Constant } from '../../graph/agent.ts';
import { lessTrusted } from '../lattice.ts';
import { larger, plus, type Size } from '../size.ts';

/** What is known of a single value: who chooses it, and what it is where only one is possible. */
export interface Scalar {
  readonly chosenBy: ChosenBy;
  readonly constant?: Constant;
}

export interface FieldValue extends Scalar {
  /** As the first assignment spells it. */
  readonly name: string;
}

/**
 * Who filled a record besides the fields that the flow sets: nobody, the database (so that a create
 * copies what was stored) or something outside of the flow (so that it may carry any field).
 */
export type Content = 'own' | 'stored' | 'foreign';

/** What is known of a variable or of an element's result: a scalar, a record or a collection. */
export interface Value extends Scalar {
  /** API name of the object, `*` where a record's is not known, absent for other values. */
  readonly object?: string;
  readonly isCollection: boolean;
  readonly content: Content;
  /** What the flow itself put into the record, by lower-case field. */
  readonly fields: ReadonlyMap<string, FieldValue>;
  /**
   * How many items came from where. Keyed by source, so that an element which runs again in a loop
   * counts once, with the size that the loop gives it.
   */
  readonly parts: ReadonlyMap<string, Size>;
}

const noFields: ReadonlyMap<string, FieldValue> = new Map();
const single: ReadonlyMap<string, Size> = new Map([['', 1]]);
const noParts: ReadonlyMap<string, Size> = new Map();

export function scalar(chosenBy: ChosenBy): Value {
  return { chosenBy, isCollection: false, content: 'own', fields: noFields, parts: single };
}

export function constantValue(constant: Constant): Value {
  return { ...scalar('constant'), constant };
}

/** A record that the flow starts to fill, or an empty collection. */
export function emptyValue(object: string | undefined, isCollection: boolean): Value {
  return {
    ...scalar('constant'),
    ...(object !== undefined && { object }),
    isCollection,
    parts: isCollection ? noParts : single,
  };
}

/** Something that came from outside and of which nothing is known but who chose it. */
export function foreignValue(chosenBy: ChosenBy, object: string | undefined, isCollection: boolean): Value {
  return {
    ...scalar(chosenBy),
    ...(object !== undefined && { object }),
    isCollection,
    content: 'foreign',
    parts: isCollection ? sized('unbounded') : single,
  };
}

export function sized(size: Size): ReadonlyMap<string, Size> {
  return size === 1 ? single : new Map([['', size]]);
}

export function sizeOf(value: Value): Size {
  return [...value.parts.values()].reduce(plus, 0);
}

/** Who chooses any of it: the value or record itself, or a field that the flow filled. */
export function chooserOf(value: Value): ChosenBy {
  return [...value.fields.values()].reduce((worst, field) => lessTrusted(worst, field.chosenBy), value.chosenBy);
}

/** One item of a collection. */
export function itemOf(value: Value): Value {
  return { ...value, isCollection: false, parts: single };
}

/**
 * What holds when one of two values is there, `known` itself where `other` adds nothing.
 *
 * @param widen let a size that still grows be unbounded, so that growing ends
 */
export function joinValues(known: Value, other: Value, widen: boolean): Value {
  if (known === other) return known;
  const base = joinScalars(known, other);
  const object = known.object === other.object ? known.object : joinObjects(known.object, other.object);
  const isCollection = known.isCollection || other.isCollection;
  const content = mixed(known.content, other.content);
  const fields = joinFields(known.fields, other.fields);
  const parts = joinParts(known.parts, other.parts, widen);
  const same =
    base === known &&
    object === known.object &&
    isCollection === known.isCollection &&
    content === known.content &&
    fields === known.fields &&
    parts === known.parts;
  if (same) return known;
  const { chosenBy, constant } = base;
  return {
    chosenBy,
    ...(constant !== undefined && { constant }),
    ...(object !== undefined && { object }),
    isCollection,
    content,
    fields,
    parts,
  };
}

export function mixed(a: Content, b: Content): Content {
  if (a === 'foreign' || b === 'foreign') return 'foreign';
  return a === 'stored' ? a : b;
}

export function joinFields(
  known: ReadonlyMap<string, FieldValue>,
  other: ReadonlyMap<string, FieldValue>,
): ReadonlyMap<string, FieldValue> {
  if (known === other) return known;
  let joined: Map<string, FieldValue> | undefined;
  for (const [key, field] of other) {
    const before = known.get(key);
    const after = before ? joinScalars(before, field) : { chosenBy: field.chosenBy };
    if (after === before) continue;
    joined ??= new Map(known);
    joined.set(key, { ...after, name: before?.name ?? field.name });
  }
  // What is set on one way only may be empty on the other, so its constant is not certain.
  for (const [key, { name, chosenBy, constant }] of known) {
    if (other.has(key) || constant === undefined) continue;
    joined ??= new Map(known);
    joined.set(key, { name, chosenBy });
  }
  return joined ?? known;
}

/** `known` itself where `other` is no less trusted and the same constant. */
function joinScalars<T extends Scalar>(known: T, other: Scalar): T | Scalar {
  if (known.chosenBy === other.chosenBy && known.constant === other.constant) return known;
  const worst = lessTrusted(known.chosenBy, other.chosenBy);
  const chosenBy = worst === 'constant' ? 'derived' : worst;
  return chosenBy === known.chosenBy && known.constant === undefined ? known : { chosenBy };
}

function joinObjects(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined) return b;
  return b === undefined || a.toLowerCase() === b.toLowerCase() ? a : '*';
}

function joinParts(
  known: ReadonlyMap<string, Size>,
  other: ReadonlyMap<string, Size>,
  widen: boolean,
): ReadonlyMap<string, Size> {
  if (known === other) return known;
  let joined: Map<string, Size> | undefined;
  for (const [key, size] of other) {
    const before = known.get(key);
    const after = before === undefined ? size : larger(before, size);
    if (after === before) continue;
    joined ??= new Map(known);
    joined.set(key, widen ? 'unbounded' : after);
  }
  return joined ?? known;
}
