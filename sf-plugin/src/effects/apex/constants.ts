import type { Constant } from '../../graph/agent.ts';
import { parseType } from './typeNames.ts';
import type { Value } from './value.ts';

/*
 * What Apex makes of constants. A wrong answer hides a branch that runs, so that every answer which
 * hangs on a detail of the platform (letters outside of ASCII, ids of 15 and 18 characters, numbers
 * that JavaScript rounds) is `undefined`.
 */

const ascii = /^[\0-\x7f]*$/;
const recordId = /^[a-z0-9]{15}(?:[a-z0-9]{3})?$/i;
/** Not white space to anybody. */
const visible = /[!-~]/;
const blank = /^[ \t\r\n]*$/;

/** `a == b`; texts are compared without regard to case. */
export function isEqual(a: Value, b: Value): boolean | undefined {
  return compare(a.constant, b.constant, isSameIgnoringCase);
}

/** `a === b`: whether equal texts are one is not certain. */
export function isIdentical(a: Value, b: Value): boolean | undefined {
  return compare(a.constant, b.constant, (x, y) => (isSameIgnoringCase(x, y) === false ? false : undefined));
}

/** Whether a value matches a label of a `switch`; whether texts in different case do is not certain. */
export function isLabelled(a: Constant | undefined, label: Constant | undefined): boolean | undefined {
  return compare(a, label, (x, y) => x === y || (isSameIgnoringCase(x, y) === false ? false : undefined));
}

function compare(
  a: Constant | undefined,
  b: Constant | undefined,
  texts: (a: string, b: string) => boolean | undefined,
): boolean | undefined {
  if (a === undefined || b === undefined) return undefined;
  // An agent may hand over an empty text as nothing.
  if (a === null || b === null) return a === b || (a !== '' && b !== '' ? false : undefined);
  if (typeof a === 'string' && typeof b === 'string') return texts(a, b);
  if (typeof a !== typeof b) return undefined;
  return a !== b ? false : isExact(a) || undefined;
}

/** Whether the constant is the value in the code, and not the nearest one that JavaScript has. */
function isExact(constant: Constant): boolean {
  return typeof constant !== 'number' || Number.isSafeInteger(constant);
}

/** `<`, `>`, `<=` or `>=` of two numbers. */
export function isOrdered(operator: string, a: Value, b: Value): boolean | undefined {
  const [x, y] = [a.constant, b.constant];
  if (typeof x !== 'number' || typeof y !== 'number' || (x === y && !isExact(x))) return undefined;
  if (operator === '<') return x < y;
  if (operator === '>') return x > y;
  return operator === '<=' ? x <= y : x >= y;
}

export function isSameIgnoringCase(a: string, b: string): boolean | undefined {
  if (a === b) return true;
  const isFolded = a.toLowerCase() === b.toLowerCase();
  if (recordId.test(a) && recordId.test(b)) {
    // Either may be an id, of which the last three characters only repeat the others.
    return a.slice(0, 15).toLowerCase() === b.slice(0, 15).toLowerCase() ? undefined : false;
  }
  return ascii.test(a) && ascii.test(b) ? isFolded : undefined;
}

export function isSameText(a: string, b: string): boolean | undefined {
  return a === b || (recordId.test(a) && recordId.test(b) ? isSameIgnoringCase(a, b) : false);
}

export function isBlank(text: string): boolean | undefined {
  return blank.test(text) || (visible.test(text) ? false : undefined);
}

export function folded(text: string, fold: (text: string) => string): string | undefined {
  return ascii.test(text) ? fold(text) : undefined;
}

/** The text without white space at both ends, where there is no doubt what counts as such. */
export function trimmed(text: string): string | undefined {
  const inner = text.replace(/^[ \t\r\n]+/, '').replace(/[ \t\r\n]+$/, '');
  return inner === '' || (visible.test(inner.charAt(0)) && visible.test(inner.slice(-1))) ? inner : undefined;
}

const wholeNumbers: ReadonlySet<string> = new Set(['integer', 'long']);

/** What a constant becomes in a text. */
export function textOf({ constant, types }: Value): string | undefined {
  const [type = ''] = types;
  if (typeof constant === 'string') return parseType(type).base === 'string' ? constant : undefined;
  // How many decimal places a number shows, the number alone does not tell.
  if (typeof constant === 'number') {
    return isExact(constant) && wholeNumbers.has(parseType(type).base) ? String(constant) : undefined;
  }
  return constant === undefined ? undefined : String(constant);
}

/** What an agent binds, as the declared type has it: it may bind everything as text. */
export function ofDeclared(constant: Constant, declared: string): Constant | undefined {
  const { base } = parseType(declared);
  if (constant === null || base === 'object') return constant;
  if (base === 'string' || base === 'id') return typeof constant === 'string' ? constant : undefined;
  const text = String(constant).trim().toLowerCase();
  if (base === 'boolean') return text === 'true' || (text === 'false' ? false : undefined);
  return /^-?\d{1,15}(?:\.\d{1,10})?$/.test(text) ? Number(text) : undefined;
}
