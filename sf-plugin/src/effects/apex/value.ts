import type { ChosenBy } from '@agent-readiness/protocol';
import type { Constant } from '../../graph/agent.ts';
import { larger, plus, type Size } from '../size.ts';
import { lessTrusted } from '../lattice.ts';
import { elementType, inert } from './typeNames.ts';

/** More records than one transaction can write are as good as unbounded. */
const mostRecords = 10_000;

/** What is known of a value at one point of a method. */
export interface Value {
  /** Every type it may have, as written. Never empty. */
  readonly types: readonly string[];
  /** The type of the variable it is in: what overloads are chosen by. */
  readonly declared?: string;
  /** It was created here: it is of these classes and not of a subclass. */
  readonly isExact: boolean;
  readonly chosenBy: ChosenBy;
  readonly constant?: Constant;
  /** The type, object or field that a token of the schema names. */
  readonly token?: string;
  /** How a text starts whose end is not known. */
  readonly prefix?: string;
  /** How many of the loops around it make a new value each time. */
  readonly depth: number;
  /** It comes out of `Security.stripInaccessible`. */
  readonly isStripped?: true;
  /** What is known of the object that it refers to. */
  readonly heap?: HeapObject;
}

/** Who set the fields of a record besides the code seen: nobody, a query, or code not seen. */
export type Content = 'own' | 'stored' | 'foreign';

export interface HeapField {
  /** As first written. */
  readonly name: string;
  readonly value: Value;
}

/**
 * What is known of an object, record or collection that several variables may refer to. It only
 * grows: a write adds to what was known. Where two objects may stand behind one variable they are
 * merged, so that a write through it is seen through all others.
 */
export class HeapObject {
  #content: Content;
  #fields = new Map<string, HeapField>();
  #item: Value | undefined;
  /** Sizes by the place that adds them, so that a loop body looked at twice counts once. */
  #parts = new Map<string, Size>();
  #merged: HeapObject | undefined;

  constructor(content: Content) {
    this.#content = content;
  }

  get content(): Content {
    return this.#self().#content;
  }

  get fields(): ReadonlyMap<string, HeapField> {
    return this.#self().#fields;
  }

  /** What the collection holds, all items as one; `undefined` while it is empty. */
  get item(): Value | undefined {
    return this.#self().#item;
  }

  get size(): Size {
    let size: Size = 0;
    for (const each of this.#self().#parts.values()) size = plus(size, each);
    return capped(size);
  }

  setField(name: string, value: Value): void {
    const self = this.#self();
    const key = name.toLowerCase();
    const known = self.#fields.get(key);
    // Joining may merge objects, this one among them.
    const joined = known ? join(known.value, value) : value;
    this.#self().#fields.set(key, { name: known?.name ?? name, value: joined });
  }

  add(place: string, item: Value, size: Size): void {
    const known = this.#self().#item;
    const joined = known ? join(known, item) : item;
    const self = this.#self();
    self.#item = joined;
    self.#parts.set(place, larger(self.#parts.get(place) ?? 0, size));
  }

  /** Code that was not looked at may have changed it. */
  disclose(): void {
    const self = this.#self();
    if (self.#content === 'foreign') return;
    self.#content = 'foreign';
    self.#parts.set('unseen', 'unbounded');
    self.#item?.heap?.disclose();
  }

  merge(other: HeapObject): void {
    const self = this.#self();
    const from = other.#self();
    if (self === from) return;
    from.#merged = self;
    self.#content = lessKnown(self.#content, from.#content);
    for (const { name, value } of from.#fields.values()) this.setField(name, value);
    for (const [place, size] of from.#parts) {
      const target = this.#self();
      target.#parts.set(place, larger(target.#parts.get(place) ?? 0, size));
    }
    const item = from.#item;
    if (!item) return;
    const known = this.#self().#item;
    const joined = known ? join(known, item) : item;
    this.#self().#item = joined;
  }

  /** The object that this one was merged into, at the end of the chain. */
  #self(): HeapObject {
    return this.#merged ? this.#merged.#self() : this;
  }
}

const contents: readonly Content[] = ['own', 'stored', 'foreign'];

function lessKnown(a: Content, b: Content): Content {
  return contents.indexOf(a) >= contents.indexOf(b) ? a : b;
}

export function capped(size: Size): Size {
  return typeof size === 'number' && size > mostRecords ? 'unbounded' : size;
}

/** A value of which only the type is known and who chose it. */
export function plain(type: string, chosenBy: ChosenBy, depth = 0): Value {
  return { types: [type], isExact: false, chosenBy, depth };
}

export function constantValue(constant: Constant, type: string): Value {
  return { types: [type], isExact: false, chosenBy: 'constant', constant, depth: 0 };
}

/** A token of the schema: `Account.SObjectType`, `Account.Name`, `Helper.class`. */
export function tokenValue(token: string, type: string = inert): Value {
  return { ...plain(type, 'constant'), token };
}

/** What the platform answers: of no type that matters. */
export function inertValue(chosenBy: ChosenBy): Value {
  return plain(inert, chosenBy);
}

/** A value that is one or the other. */
export function join(a: Value, b: Value): Value {
  if (a === b) return a;
  // `null` adds nothing: every method on it fails and every write of it too.
  if (a.constant === null && a.heap === undefined) return isNull(b) ? b : withoutConstant(b, a.chosenBy);
  if (b.constant === null && b.heap === undefined) return withoutConstant(a, b.chosenBy);
  if (a.heap && b.heap) a.heap.merge(b.heap);
  const heap = a.heap ?? b.heap;
  const sameConstant = a.constant !== undefined && a.constant === b.constant;
  const token = a.token === b.token ? a.token : undefined;
  const prefix = a.prefix !== undefined && a.prefix === b.prefix ? a.prefix : undefined;
  const declared = a.declared === b.declared ? a.declared : undefined;
  const { isStripped } = a;
  return {
    types: unionOfTypes(a.types, b.types),
    ...(declared !== undefined && { declared }),
    isExact: a.isExact && b.isExact,
    chosenBy: lessTrusted(a.chosenBy, b.chosenBy),
    ...(sameConstant && { constant: a.constant }),
    ...(token !== undefined && { token }),
    ...(prefix !== undefined && { prefix }),
    depth: Math.max(a.depth, b.depth),
    ...(isStripped && b.isStripped && { isStripped }),
    ...(heap && { heap }),
  };
}

function isNull(value: Value): boolean {
  return value.constant === null;
}

/** The value as one that is not known before the run, although its kind is. */
export function unknown({ types, declared, isExact, chosenBy, prefix, depth, isStripped, heap }: Value): Value {
  return {
    types,
    ...(declared !== undefined && { declared }),
    isExact,
    chosenBy,
    ...(prefix !== undefined && { prefix }),
    depth,
    ...(isStripped && { isStripped }),
    ...(heap && { heap }),
  };
}

function withoutConstant(value: Value, chosenBy: ChosenBy): Value {
  return { ...unknown(value), chosenBy: lessTrusted(value.chosenBy, chosenBy) };
}

function unionOfTypes(a: readonly string[], b: readonly string[]): readonly string[] {
  if (a.length === 1 && b.length === 1 && a[0] === b[0]) return a;
  const known = new Map([...a, ...b].map((type) => [type.toLowerCase(), type]));
  return [...known.values()].sort();
}

/** The least trusted source of a value and of everything known to be in it. */
export function chooserOf(value: Value, levels = 3): ChosenBy {
  let chosenBy = value.chosenBy;
  if (!value.heap || levels === 0) return chosenBy;
  const { fields, item } = value.heap;
  for (const field of fields.values()) chosenBy = lessTrusted(chosenBy, chooserOf(field.value, levels - 1));
  return item ? lessTrusted(chosenBy, chooserOf(item, levels - 1)) : chosenBy;
}

/** What the compiler takes an argument to be, when it chooses an overload. */
export function staticTypes({ declared, types }: Value): readonly string[] {
  return declared === undefined ? types : [declared];
}

/** How many records a value stands for: one, or what the collection holds. */
export function sizeOf(value: Value): Size {
  if (!value.types.some((type) => elementType(type) !== undefined)) return 1;
  const { heap } = value;
  return heap ? heap.size : 'unbounded';
}
