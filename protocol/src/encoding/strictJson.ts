import { isWellFormed } from './bytes.ts';

/** Nesting beyond this is refused: no object of the protocol needs a quarter of it. */
export const maxJsonDepth = 32;

/**
 * Parses JSON that two parsers cannot read differently: duplicate member names (which RFC 8259
 * section 4 leaves open and RFC 7515 section 4 forbids), lone surrogates (RFC 7493 section 2.1),
 * `__proto__` and deep nesting are refused.
 * Undefined for refused or malformed text; never throws. Linear in the length of the text.
 */
export function parseStrictJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isUnambiguous(text) ? value : undefined;
}

/** Walks the tokens of text that is known to be valid JSON. */
function isUnambiguous(text: string): boolean {
  // One entry per open bracket: the member names seen so far, or null for an array.
  const open: (Set<string> | null)[] = [];
  let index = 0;
  while (index < text.length) {
    const character = text.charAt(index);
    if (character === '"') {
      const end = endOfString(text, index);
      const value = JSON.parse(text.slice(index, end)) as string;
      if (!isWellFormed(value)) return false;
      const names = open.at(-1);
      if (names && nextToken(text, end) === ':') {
        if (value === '__proto__' || names.has(value)) return false;
        names.add(value);
      }
      index = end;
      continue;
    }
    if (character === '{' || character === '[') open.push(character === '{' ? new Set() : null);
    if (character === '}' || character === ']') open.pop();
    if (open.length > maxJsonDepth) return false;
    index += 1;
  }
  return true;
}

function endOfString(text: string, start: number): number {
  let index = start + 1;
  while (text.charAt(index) !== '"') index += text.charAt(index) === '\\' ? 2 : 1;
  return index + 1;
}

/** The first character at or after `index` that is not white space (RFC 8259 section 2). */
function nextToken(text: string, index: number): string {
  let next = index;
  while (' \t\r\n'.includes(text.charAt(next)) && next < text.length) next += 1;
  return text.charAt(next);
}
