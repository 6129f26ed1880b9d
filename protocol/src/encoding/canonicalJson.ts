import { isWellFormed } from './bytes.ts';
import { maxJsonDepth } from './strictJson.ts';

/**
 * The canonical form of a JSON value (RFC 8785, JCS): members sorted by UTF-16 code units, no white
 * space, numbers and strings as ECMAScript writes them. Members that are `undefined` are left out,
 * as `JSON.stringify` does.
 *
 * @throws RangeError for what I-JSON cannot carry: non-finite numbers, lone surrogates, dates, maps,
 * functions, nesting deeper than 32.
 */
export function canonicalJson(value: unknown): string {
  return write(value, 0);
}

function write(value: unknown, depth: number): string {
  if (depth > maxJsonDepth) throw new RangeError('nested too deeply for canonical JSON');
  if (value === null || typeof value === 'boolean') return String(value);
  // ECMAScript's own number to string is the one RFC 8785 section 3.2.2.3 prescribes.
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (typeof value === 'string' && isWellFormed(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (Object.prototype.toString.call(value) === '[object Object]') {
    const members = Object.entries(value as object)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${members.map(([name, member]) => `${write(name, depth)}:${write(member, depth + 1)}`).join(',')}}`;
  }
  throw new RangeError(`canonical JSON has no form for this ${typeof value}`);
}
