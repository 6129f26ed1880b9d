import type { Report } from './tokens.ts';

const escapes: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
]);

/**
 * Reads the string literal that starts at `start`. It ends on its own line: an unclosed one is
 * reported and taken up to the line break. Single quotes are not Agent Script; they are reported
 * and read as double ones. An escape the language does not know stands for the escaped character.
 */
export function readString(text: string, start: number, report: Report): { value: string; end: number } {
  const quote = text[start];
  if (quote === "'") report(start, 'strings are written in double quotes');
  let value = '';
  let at = start + 1;
  for (; at < text.length; at += 1) {
    const char = text[at] ?? '';
    if (char === quote) return { value, end: at + 1 };
    if (char === '\n') break;
    if (char === '\\' && text[at + 1] !== '\n' && at + 1 < text.length) {
      at += 1;
      const escaped = text[at] ?? '';
      value += escapes.get(escaped) ?? escaped;
    } else {
      value += char;
    }
  }
  report(start, 'the string is not closed');
  return { value: value.trimEnd(), end: at };
}
