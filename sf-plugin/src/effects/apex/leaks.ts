import type { HeapObject, Value } from './value.ts';

const none: ReadonlySet<HeapObject> = new Set();

/** Objects that may also be reached through what calls not looked into returned. */
export class Leaks {
  readonly #objects = new Set<HeapObject>();
  #wasUnknownChanged = false;

  /** An object was changed of which nothing is known, which may be any that leaked. */
  get wasUnknownChanged(): boolean {
    return this.#wasUnknownChanged;
  }

  /** They, and whatever hangs on them. */
  reached(): ReadonlySet<HeapObject> {
    if (this.#objects.size === 0) return none;
    const found = new Set<HeapObject>();
    for (const { identity } of this.#objects) found.add(identity);
    // What is found is added to what is gone through.
    for (const { fields, item } of found) {
      for (const { value } of fields.values()) if (value.heap) found.add(value.heap.identity);
      if (item?.heap) found.add(item.heap.identity);
    }
    return found;
  }

  add(object: HeapObject): void {
    if (object.content !== 'foreign') this.#objects.add(object);
  }

  addAll(values: readonly Value[]): void {
    for (const { heap } of values) if (heap) this.add(heap);
  }

  changeUnknown(): void {
    this.#wasUnknownChanged = true;
    for (const each of this.#objects) each.disclose();
    this.#objects.clear();
  }
}
