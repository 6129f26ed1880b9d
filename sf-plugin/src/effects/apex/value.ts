import { lessTrusted } from '../lattice.ts';
import { capped, larger, plus, type Size } from '../size.ts';
import { isSameFacts, orUnset, unionOfTypes, unknown, type Facts } from './facts.ts';
import { fold } from './fold.ts';

/**
 * What is known of a value at one point of a method. Millions are made: each has all of the properties, in one order,
 * so that the engine reads them without a look-up.
 */
export interface Value extends Facts {
  /** What is known of the object that it refers to. */
  readonly heap: HeapObject | undefined;
}

/** Who set the fields of a record besides the code seen: nobody, a query, or code not seen. */
export type Content = 'own' | 'stored' | 'foreign';

export interface HeapField {
  /** As first written. */
  readonly name: string;
  readonly value: Value;
}

/**
 * What is known of an object, record or collection that several variables may refer to. Where two
 * objects may stand behind one variable they are merged, so that a write through it is seen through
 * all others.
 *
 * A fact that decides a branch must hold for each of the objects at each time: a field has a known
 * value only where it was set with the object or, later, on the one way that leads past its creation.
 * What other code may change as well, and whatever hangs on it, has no known values at all.
 */
export class HeapObject {
  static #made = 0;
  /** The lowest number of the objects that were changed. */
  static #oldestChanged = Number.POSITIVE_INFINITY;
  /** In the order of making; of merged objects that of the older one. */
  #number = HeapObject.#made++;
  #content: Content;
  #region: object | undefined;
  #fields: Map<string, HeapField> | undefined;
  #item: Value | undefined;
  /** Sizes by the place that adds them, so that a loop body looked at twice counts once. */
  #parts: Map<string, Size> | undefined;
  #merged: HeapObject | undefined;
  #isChanged = false;

  /** @param region the region of the code that makes one object each time it runs; absent for any number of objects */
  constructor(content: Content, region?: object) {
    this.#content = content;
    this.#region = region;
  }

  /** Whether a run changes what is known of an object that was there before. */
  static changesBy(run: () => void): boolean {
    const outer = HeapObject.#oldestChanged;
    const next = HeapObject.#made;
    HeapObject.#oldestChanged = Number.POSITIVE_INFINITY;
    run();
    const inner = HeapObject.#oldestChanged;
    HeapObject.#oldestChanged = Math.min(outer, inner);
    return inner < next;
  }

  get content(): Content {
    return this.identity.#content;
  }

  get fields(): ReadonlyMap<string, HeapField> {
    return this.identity.#fields ?? noFields;
  }

  /** What the collection holds, all items as one; `undefined` while it is empty. */
  get item(): Value | undefined {
    return this.identity.#item;
  }

  get size(): Size {
    let size: Size = 0;
    for (const each of this.identity.#parts?.values() ?? []) size = plus(size, each);
    return capped(size);
  }

  /** Sizes by the place that adds them. */
  get parts(): ReadonlyMap<string, Size> {
    return this.identity.#parts ?? noParts;
  }

  /** Something else is known of it than when it was made. */
  get isChanged(): boolean {
    return this.identity.#isChanged;
  }

  /** Code outside of its region may hold on to it. */
  get isPublic(): boolean {
    return this.identity.#region === undefined;
  }

  /** The object that this one was merged into, at the end of the chain. */
  get identity(): HeapObject {
    return this.#merged ? this.#merged.identity : this;
  }

  /** From here on, the code of a region runs once for each such object: its constructor, then what follows. */
  enter(region: object): void {
    const self = this.identity;
    if (self.#region) self.#region = region;
  }

  /** It can be reached in other ways than by the variables of the code that made it. */
  publish(): void {
    this.identity.#region = undefined;
  }

  /** A value that the object has from the start, or one that adds to what it had. */
  setField(name: string, value: Value): void {
    const known = this.identity.#fields?.get(fold(name));
    // Joining may merge objects, this one among them.
    const joined = known ? join(known.value, value) : value;
    this.identity.#put(name, joined);
  }

  /** A value that code assigns. In the region of the object it replaces the one before. */
  store(name: string, value: Value, region: object | undefined): void {
    const self = this.identity;
    value.heap?.publish();
    if (region && self.#region === region) self.#put(name, value);
    else this.setField(name, self.#fields?.has(fold(name)) ? value : orUnset(value));
  }

  /** Some field got a new value. */
  storeSomewhere(value: Value): void {
    this.#forget();
    this.setField('*', value);
  }

  add(place: string, item: Value, size: Size): void {
    const known = this.identity.#item;
    const joined = known ? join(known, item) : item;
    const self = this.identity;
    joined.heap?.publish();
    self.#hold(joined);
    self.#addPart(place, size);
  }

  /** Code that was not looked at may have changed it. */
  disclose(): void {
    const self = this.identity;
    if (self.#content === 'foreign') return;
    self.#content = 'foreign';
    self.#region = undefined;
    self.#addPart('unseen', 'unbounded');
    self.#noteChange();
    self.#forget();
    for (const { value } of self.fields.values()) value.heap?.disclose();
    self.#item?.heap?.disclose();
  }

  merge(other: HeapObject): void {
    const [a, b] = [this.identity, other.identity];
    if (a === b) return;
    const [self, from] = a.#number < b.#number ? [a, b] : [b, a];
    const isForeign = self.#content === 'foreign' || from.#content === 'foreign';
    if (isForeign) for (const each of [self, from]) each.disclose();
    from.#merged = self;
    self.#region = undefined;
    const content = lessKnown(self.#content, from.#content);
    if (content !== self.#content) self.#noteChange();
    self.#content = content;
    const [own, theirs] = [self.#fields ?? noFields, from.#fields ?? noFields];
    for (const [key, { name, value }] of [...own]) if (!theirs.has(key)) self.#put(name, orUnset(value));
    for (const [key, { name, value }] of theirs) {
      this.setField(name, this.fields.has(key) ? value : orUnset(value));
    }
    for (const [place, size] of from.#parts ?? []) this.identity.#addPart(place, size);
    if (!from.#item) return;
    const known = this.item;
    const joined = known ? join(known, from.#item) : from.#item;
    this.identity.#hold(joined);
  }

  /** Takes over what is known of another object. Only for an object that is new. */
  copy(other: HeapObject, translate: (value: Value) => Value): void {
    const { fields, item, parts } = other;
    if (fields.size > 0) {
      this.#fields = new Map();
      for (const [key, { name, value }] of fields) this.#fields.set(key, { name, value: translate(value) });
    }
    this.#item = item && translate(item);
    if (parts.size > 0) this.#parts = new Map(parts);
  }

  /** Forgets all but its identity. */
  clear(): void {
    this.#fields = undefined;
    this.#item = undefined;
    this.#parts = undefined;
  }

  #put(name: string, value: Value): void {
    const key = fold(name);
    const known = this.#fields?.get(key);
    if (known && isSame(known.value, value)) return;
    this.#noteChange();
    if (this.#content === 'foreign') value.heap?.disclose();
    this.#fields ??= new Map();
    this.#fields.set(key, { name: known?.name ?? name, value: this.#content === 'foreign' ? unknown(value) : value });
  }

  #hold(item: Value): void {
    if (this.#item && isSame(this.#item, item)) return;
    this.#noteChange();
    if (this.#content === 'foreign') item.heap?.disclose();
    this.#item = item;
  }

  #addPart(place: string, size: Size): void {
    const known = this.#parts?.get(place);
    const all = larger(known ?? 0, size);
    if (all === known) return;
    this.#noteChange();
    this.#parts ??= new Map();
    this.#parts.set(place, all);
  }

  #forget(): void {
    const self = this.identity;
    for (const { name, value } of [...self.fields.values()]) self.#put(name, unknown(value));
  }

  #noteChange(): void {
    this.#isChanged = true;
    HeapObject.#oldestChanged = Math.min(HeapObject.#oldestChanged, this.#number);
  }
}

const noFields: ReadonlyMap<string, HeapField> = new Map();
const noParts: ReadonlyMap<string, Size> = new Map();

const contents: readonly Content[] = ['own', 'stored', 'foreign'];

function lessKnown(a: Content, b: Content): Content {
  return contents.indexOf(a) >= contents.indexOf(b) ? a : b;
}

/** A value that is one or the other. */
export function join(a: Value, b: Value): Value {
  if (a === b) return a;
  // `null` adds nothing: every method on it fails and every write of it too.
  if (a.constant === null && a.heap === undefined) return isNull(b) ? b : orUnset(b, a.chosenBy);
  if (b.constant === null && b.heap === undefined) return orUnset(a, b.chosenBy);
  if (a.heap && b.heap) a.heap.merge(b.heap);
  const heap = a.heap ?? b.heap;
  // Of the one object or the other, of which nothing is known, nothing is known.
  if (!a.heap || !b.heap) heap?.disclose();
  return {
    types: unionOfTypes(a.types, b.types),
    declared: a.declared === b.declared ? a.declared : undefined,
    isExact: a.isExact && b.isExact,
    chosenBy: lessTrusted(a.chosenBy, b.chosenBy),
    constant: a.constant === b.constant ? a.constant : undefined,
    token: a.token === b.token ? a.token : undefined,
    prefix: a.prefix === b.prefix ? a.prefix : undefined,
    depth: Math.max(a.depth, b.depth),
    isStripped: a.isStripped && b.isStripped,
    heap,
  };
}

/** Whether two values say the same, so that a loop has nothing new to look at. */
export function isSame(a: Value, b: Value): boolean {
  return a === b || (isSameFacts(a, b) && a.heap?.identity === b.heap?.identity);
}

function isNull(value: Value): boolean {
  return value.constant === null;
}

/** The value as any object of its kind. */
export function kindOf(value: Value): Value {
  return { ...unknown(value), declared: undefined, isStripped: false, heap: undefined };
}
