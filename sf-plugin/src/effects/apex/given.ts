import { hash } from 'node:crypto';
import type { Size } from '../size.ts';
import type { Leaks } from './leaks.ts';
import type { HeapObject, Value } from './value.ts';

/** What a callee is given. */
export interface Given {
  /** The same for everything that the callee cannot tell apart. */
  readonly key: string;
  readonly values: readonly (Value | undefined)[];
  /** Each object that can be reached from the values once, in an order that depends on the key alone. */
  readonly objects: readonly HeapObject[];
  /** How often the loops around the call run, without the outermost ones, inside of which all of the objects were made. */
  readonly loops: readonly Size[];
  /** How many outermost loops these are. */
  readonly outside: number;
}

/** What holds more values is not looked at. */
const mostValues = 2000;
/** Longer keys are kept as a digest. */
const longestKey = 500;

/**
 * Describes everything that can be reached from some values: what is known of it, and where two ways lead to one
 * object. `undefined` where that is too much.
 *
 * @param loops how often the loops around the call run
 * @param leaks which objects may also be reached in ways not seen
 */
export function give(values: readonly (Value | undefined)[], loops: readonly Size[], leaks: Leaks): Given | undefined {
  const found = objectsIn(values, loops.length);
  if (!found) return undefined;
  const { numbers, outside } = found;
  const inside = loops.slice(outside);
  const leaked = leaks.reached();
  const describe = new Describer(numbers, outside);
  describe.values(values);
  for (const object of numbers.keys()) describe.object(object, leaked.has(object));
  const text = `${inside.join()}|${describe.text}`;
  const key = text.length > longestKey ? hash('sha256', text, 'base64url') : text;
  return { key, values, objects: [...numbers.keys()], loops: inside, outside };
}

/** Numbers the objects in the order in which they are met, and counts the loops that are around all of them. */
function objectsIn(
  values: readonly (Value | undefined)[],
  innermost: number,
): { numbers: ReadonlyMap<HeapObject, number>; outside: number } | undefined {
  const numbers = new Map<HeapObject, number>();
  let outside = innermost;
  let count = 0;
  const meet = ({ heap, depth }: Value): void => {
    count += 1;
    if (!heap) return;
    outside = Math.min(outside, depth);
    const { identity } = heap;
    if (!numbers.has(identity)) numbers.set(identity, numbers.size);
  };
  for (const value of values) if (value) meet(value);
  // Those that are met are added to what is gone through.
  for (const { fields, item } of numbers.keys()) {
    if (count + fields.size > mostValues) return undefined;
    for (const { value } of fields.values()) meet(value);
    if (item) meet(item);
  }
  return { numbers, outside };
}

const words = new Map<string, number>();

/** A number for a text: texts may hold any sign, and most of them are met many times. */
function word(text: string): number {
  let known = words.get(text);
  if (known === undefined) {
    known = words.size;
    words.set(text, known);
  }
  return known;
}

class Describer {
  readonly #numbers: ReadonlyMap<HeapObject, number>;
  readonly #outside: number;
  text = '';

  constructor(numbers: ReadonlyMap<HeapObject, number>, outside: number) {
    this.#numbers = numbers;
    this.#outside = outside;
  }

  values(values: readonly (Value | undefined)[]): void {
    for (const value of values) {
      if (value) this.#value(value);
      else this.text += '-';
    }
  }

  object({ content, fields, item, parts }: HeapObject, isLeaked: boolean): void {
    this.text += `{${content}${isLeaked ? '?' : ''}`;
    for (const [place, size] of parts) this.text += `,${word(place)}=${size}`;
    for (const { name, value } of fields.values()) {
      this.text += `,${word(name)}:`;
      this.#value(value);
    }
    if (item) {
      this.text += '[';
      this.#value(item);
    }
  }

  #value(value: Value): void {
    const { types, declared, isExact, chosenBy, constant, token, prefix, depth, isStripped, heap } = value;
    for (const type of types) this.text += `${word(type)}|`;
    this.text += `${chosenBy}${Math.max(depth - this.#outside, 0)}${isExact ? '!' : ''}${isStripped ? '~' : ''}`;
    if (declared !== undefined) this.text += `d${word(declared)}`;
    if (typeof constant === 'string') this.text += `"${word(constant)}`;
    else if (constant !== undefined) this.text += `=${String(constant)}`;
    if (token !== undefined) this.text += `t${word(token)}`;
    if (prefix !== undefined) this.text += `p${word(prefix)}`;
    const number = heap && this.#numbers.get(heap.identity);
    if (number !== undefined) this.text += `@${number}`;
    this.text += ';';
  }
}
