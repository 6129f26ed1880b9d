import { isId, toId18 } from '../ids.ts';
import type { FieldDefinition, FieldType, Value } from '../schema/objectType.ts';
import { spanOf, type TimeSpan } from './dateLiterals.ts';
import { malformedQuery, queryError } from './queryErrors.ts';
import type { Literal } from './syntax.ts';

/** What a field is compared with: one value, or a span of time. */
export type Operand = { readonly value: Value } | { readonly span: TimeSpan };

/** Which literals fit a field; text may be compared with quoted values only. */
const fitting: Readonly<Record<FieldType, readonly Literal['kind'][]>> = {
  boolean: ['boolean'],
  currency: ['number'],
  date: ['date', 'dateLiteral'],
  datetime: ['datetime', 'dateLiteral'],
  double: ['number'],
  email: ['string'],
  id: ['string'],
  int: ['number'],
  multipicklist: ['string'],
  percent: ['number'],
  phone: ['string'],
  picklist: ['string'],
  reference: ['string'],
  string: ['string'],
  textarea: ['string'],
  url: ['string'],
};

/** @throws SalesforceError `INVALID_FIELD` when the literal does not fit the field */
export function operandOf(query: string, field: FieldDefinition, literal: Literal, now: Date): Operand {
  const { kind, text, at } = literal;
  if (kind === 'null') return { value: null };
  const kinds = fitting[field.type];
  if (!kinds.includes(kind)) {
    const quotes = kinds.includes('string') ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
    const message = `value of filter criterion for field '${field.name}' must be of type ${field.type} and ${quotes}`;
    throw queryError('INVALID_FIELD', query, at, message);
  }
  switch (kind) {
    case 'boolean':
      return { value: text === 'TRUE' };
    case 'number':
      return { value: Number(text) };
    case 'date':
    case 'datetime':
      return { span: momentOf(query, literal) };
    case 'dateLiteral':
      return { span: spanOf(text, now) };
    case 'string':
      return { value: textOperand(query, field, literal) };
  }
}

/** LIKE: `%` any text, `_` one character, a backslash takes the meaning from either. */
export function likePattern(query: string, { text, at }: Literal): RegExp {
  const pattern = text.replace(/\\([^])|([%_])|([^\\%_]+)/g, (_, escaped: string, wildcard: string, plain: string) => {
    if (wildcard) return wildcard === '%' ? '[^]*' : '[^]';
    return (escaped ? unescape(query, at, escaped) : plain).replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
  });
  return new RegExp(`^${pattern}$`, 'i');
}

function textOperand(query: string, field: FieldDefinition, { text, at }: Literal): string {
  const value = text.replace(/\\([^])/g, (_, escaped: string) => unescape(query, at, escaped));
  if (field.type !== 'id' && field.type !== 'reference') return value;
  if (isId(value)) return toId18(value);
  throw queryError('INVALID_QUERY_FILTER_OPERATOR', query, at, `invalid ID field: ${value}`);
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  "'": "'",
  '"': '"',
  '\\': '\\',
  _: '_',
  '%': '%',
};

function unescape(query: string, at: number, letter: string): string {
  const character = escapes[letter.toLowerCase()];
  if (character === undefined) throw malformedQuery(query, at, `Invalid string literal: illegal escape '\\${letter}'`);
  return character;
}

function momentOf(query: string, { kind, text, at }: Literal): TimeSpan {
  const from = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  if (Number.isNaN(from)) throw malformedQuery(query, at, `Invalid date: ${text}`);
  return { from, to: from + (kind === 'date' ? 86_400_000 : 1) };
}
