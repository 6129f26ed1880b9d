import type { Place } from '@agent-readiness/protocol';
import { UnreadableError } from '../unreadable.ts';

/** A JSON value with the place where it begins. */
export type Json = JsonObject | JsonArray | JsonScalar;

export interface JsonObject {
  readonly kind: 'object';
  readonly place: Place;
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly name: string;
  /** Of the name, not of the value. */
  readonly place: Place;
  readonly value: Json;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly place: Place;
  readonly items: readonly Json[];
}

export interface JsonScalar {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
}

/** Deeper than any metadata, and far from the end of the stack. */
const maxDepth = 200;

const space = /[ \t\r\n]*/y;
const word = /[-+.\w]+/y;

/**
 * Parses strict JSON and keeps the positions that `JSON.parse` throws away.
 *
 * @param placeAt the place of a UTF-16 offset of `text`
 * @throws UnreadableError with the place of the first syntax error
 */
export function parseJson(text: string, placeAt: (offset: number) => Place): Json {
  const parser = new Parser(text, placeAt);
  const value = parser.value(0);
  parser.end();
  return value;
}

class Parser {
  readonly #text: string;
  readonly #placeAt: (offset: number) => Place;
  #at = 0;

  constructor(text: string, placeAt: (offset: number) => Place) {
    this.#text = text;
    this.#placeAt = placeAt;
    this.#skipSpace();
  }

  value(depth: number): Json {
    if (depth > maxDepth) throw this.#error('values are nested too deeply');
    switch (this.#text[this.#at]) {
      case '{':
        return this.#object(depth);
      case '[':
        return this.#array(depth);
      case '"':
        return { kind: 'scalar', place: this.#place(), value: this.#string() };
      default:
        return this.#word();
    }
  }

  end(): void {
    if (this.#at < this.#text.length) throw this.#error('unexpected text after the JSON value');
  }

  #object(depth: number): JsonObject {
    const place = this.#place();
    const members: JsonMember[] = [];
    for (let more = this.#open('}'); more; more = this.#next('}')) {
      const namePlace = this.#place();
      const name = this.#string();
      if (!this.#take(':')) throw this.#error("expected ':'");
      members.push({ name, place: namePlace, value: this.value(depth + 1) });
    }
    return { kind: 'object', place, members };
  }

  #array(depth: number): JsonArray {
    const place = this.#place();
    const items: Json[] = [];
    for (let more = this.#open(']'); more; more = this.#next(']')) items.push(this.value(depth + 1));
    return { kind: 'array', place, items };
  }

  #string(): string {
    const place = this.#place();
    if (this.#text[this.#at] !== '"') throw this.#error('expected a string');
    const start = this.#at++;
    for (; this.#text[this.#at] !== '"'; this.#at++) {
      if (this.#at >= this.#text.length) {
        this.#at = this.#text.length;
        throw this.#error('a string does not end');
      }
      if (this.#text[this.#at] === '\\') this.#at++;
    }
    const literal = this.#text.slice(start, ++this.#at);
    this.#skipSpace();
    return decode(literal, place) as string;
  }

  #word(): JsonScalar {
    const place = this.#place();
    word.lastIndex = this.#at;
    const literal = word.exec(this.#text)?.[0];
    if (literal === undefined) throw this.#error('expected a JSON value');
    this.#at += literal.length;
    this.#skipSpace();
    return { kind: 'scalar', place, value: decode(literal, place) };
  }

  /** Enters a list; false when it is empty. */
  #open(close: string): boolean {
    this.#at++;
    this.#skipSpace();
    return !this.#take(close);
  }

  /** After an element: whether another one follows. */
  #next(close: string): boolean {
    if (this.#take(',')) return true;
    if (this.#take(close)) return false;
    throw this.#error(`expected ',' or '${close}'`);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    this.#skipSpace();
    return true;
  }

  #skipSpace(): void {
    space.lastIndex = this.#at;
    this.#at += space.exec(this.#text)?.[0].length ?? 0;
  }

  #place(): Place {
    return this.#placeAt(this.#at);
  }

  #error(reason: string): UnreadableError {
    return new UnreadableError(this.#place(), `invalid JSON: ${reason}`);
  }
}

/** A literal is left to the platform, which knows the escapes and the numbers. */
function decode(literal: string, place: Place): JsonScalar['value'] {
  try {
    return JSON.parse(literal) as JsonScalar['value'];
  } catch {
    throw new UnreadableError(place, 'invalid JSON: not a JSON value');
  }
}

/** The value of a member; the last one where a name is repeated, as `JSON.parse` has it. */
export function member(json: Json | undefined, name: string): Json | undefined {
  return json?.kind === 'object' ? json.members.findLast((each) => each.name === name)?.value : undefined;
}
