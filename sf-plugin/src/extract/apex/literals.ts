import type { NumberType } from './body.ts';

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** The value of a literal, given the type of its syntax node. */
export function literalValue(syntax: string, text: string): string | number | boolean | null {
  switch (syntax) {
    case 'null_literal':
      return null;
    case 'boolean':
      return text.toLowerCase() === 'true';
    case 'string_literal':
      return unescape(text.slice(1, -1));
    case 'multi_line_string_literal':
      return unescape(text.slice(3, -3));
    default:
      return Number(text.replace(/[lLdD]$/, ''));
  }
}

/** The type of a number, as its text shows it; `undefined` for an `Integer`. */
export function numberTypeOf(text: string): NumberType | undefined {
  if (/l$/i.test(text)) return 'Long';
  if (/d$/i.test(text)) return 'Double';
  return text.includes('.') ? 'Decimal' : undefined;
}

function unescape(text: string): string {
  return text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (_, code: string | undefined, sign: string | undefined) =>
    code === undefined ? (escapes[sign ?? ''] ?? sign ?? '') : String.fromCharCode(Number.parseInt(code, 16)),
  );
}
