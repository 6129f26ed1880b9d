import { entityTypes, type EntityType } from '../entityTypes.ts';

/** A token as it stands in text. `body` is what names it, for instance `PERSON_7F3A2C` or, second form, `PERSON_7F3A2C_2`. */
export function tokenText(body: string): string {
  return `[[${body}]]`;
}

/** Digits of a keyed suffix: from `min`, more when two values collide. */
export const suffixDigits = { min: 6, max: 10 } as const;

/** Shortest suffix that is read as one. */
const shortestSuffix = 4;

/** What stands at a position of a text. `half` is the beginning of a token that was never finished. */
export interface TokenRead {
  readonly kind: 'token' | 'type' | 'half';
  readonly end: number;
  /** Canonical: upper case, `_` between the parts. */
  readonly body: string;
  readonly type: EntityType;
}

/** Where a token can begin: a bracket, maybe escaped, or a letter with no letter before it. */
export const tokenStart = /[[\\]|(?<![\p{L}\p{N}_])[A-Za-z]/gu;

/**
 * Where a token can begin in a text that is there to its end: as {@link tokenStart}, but of the letters only those
 * that spell a type up to its first separator. Nearly every word is ruled out without being read.
 */
export const wholeTokenStart = new RegExp(
  `[[\\\\]|(?<![\\p{L}\\p{N}_])(?:${[...new Set(entityTypes.map((type) => type.split('_')[0]))].join('|')})(?=[_\\\\])`,
  'giu',
);

/**
 * Reads a token at a position, in any of the ways in which models rewrite one: lower case, a space for `_`,
 * brackets escaped, single or lost. `more` says that the answer depends on text that has not come yet; not
 * when `final`.
 */
export function readToken(text: string, at: number, final: boolean): TokenRead | 'more' | undefined {
  const cursor = new Cursor(text, at, final);
  const read = readAt(cursor);
  return cursor.starved ? 'more' : read;
}

class Cursor {
  starved = false;
  readonly #text: string;
  readonly #final: boolean;
  at: number;

  constructor(text: string, at: number, final: boolean) {
    this.#text = text;
    this.at = at;
    this.#final = final;
  }

  /** The unit `ahead` of the position; empty at the end. */
  peek(ahead = 0): string {
    if (this.at + ahead >= this.#text.length && !this.#final) this.starved = true;
    return this.#text.charAt(this.at + ahead);
  }

  take(): string {
    return this.#text.charAt(this.at++);
  }

  /** Passes a character, maybe behind a backslash. */
  pass(character: string): boolean {
    const escaped = this.peek() === '\\' ? 1 : 0;
    if (this.peek(escaped) !== character) return false;
    this.at += escaped + 1;
    return true;
  }
}

function readAt(cursor: Cursor): TokenRead | undefined {
  let openings = 0;
  while (openings < 2 && cursor.pass('[')) openings++;
  if (openings > 0 && cursor.peek() === ' ') cursor.at++;
  const type = readType(cursor, openings > 0);
  if (!type) return undefined;
  const read = (kind: TokenRead['kind'], body: string): TokenRead => ({ kind, end: cursor.at, body, type });
  const half = () => (openings === 2 ? read('half', type) : undefined);
  if (openings === 2 && readClosings(cursor, openings)) return read('type', type);
  if (!readSeparator(cursor, openings > 0)) return half();
  let suffix = '';
  while (suffix.length < suffixDigits.max && isHex(cursor.peek())) suffix += cursor.take();
  if (suffix.length < shortestSuffix) return half();
  const form = readForm(cursor);
  if (isWord(cursor.peek())) return half();
  readClosings(cursor, openings);
  return read('token', `${type}_${suffix.toUpperCase()}${form}`);
}

function readType(cursor: Cursor, bracketed: boolean): EntityType | undefined {
  let names: readonly EntityType[] = entityTypes;
  for (let length = 0; ; length++) {
    const whole = names.find((name) => name.length === length);
    if (whole && names.length === 1) return whole;
    const next = cursor.peek().toUpperCase();
    const separates = next === '_' || next === '\\' || (bracketed && next === ' ');
    const matching = names.filter((name) => (separates ? '_' : next) === (name.charAt(length) || undefined));
    if (matching.length === 0) return whole;
    if (separates && !readSeparator(cursor, bracketed)) return undefined;
    if (!separates) cursor.at++;
    names = matching;
  }
}

function readSeparator(cursor: Cursor, bracketed: boolean): boolean {
  if (bracketed && cursor.peek() === ' ') {
    cursor.at++;
    return true;
  }
  return cursor.pass('_');
}

/** `_2` to `_999` behind the suffix: another form of the same value. */
function readForm(cursor: Cursor): string {
  const escaped = cursor.peek() === '\\' ? 1 : 0;
  if (cursor.peek(escaped) !== '_') return '';
  let digits = '';
  while (digits.length < 3 && /^\d$/.test(cursor.peek(escaped + 1 + digits.length))) {
    digits += cursor.peek(escaped + 1 + digits.length);
  }
  if (digits === '') return '';
  cursor.at += escaped + 1 + digits.length;
  return `_${digits}`;
}

/** Passes at most as many closing brackets as were opened; whether all of them are there. */
function readClosings(cursor: Cursor, openings: number): boolean {
  for (let closed = 0; closed < openings; closed++) {
    const before = cursor.at;
    if (cursor.peek() === ' ') cursor.at++;
    if (!cursor.pass(']')) {
      cursor.at = before;
      return false;
    }
  }
  return true;
}

function isHex(character: string): boolean {
  return /^[0-9A-Fa-f]$/.test(character);
}

function isWord(character: string): boolean {
  return /^[\p{L}\p{N}_]$/u.test(character);
}
