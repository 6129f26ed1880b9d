import { malformedQuery } from './queryErrors.ts';
import type { Aggregate, AggregateFunction, FieldReference } from './syntax.ts';
import type { TokenReader } from './tokenReader.ts';

const aggregateFunctions = new Set<string>([
  'AVG',
  'COUNT',
  'COUNT_DISTINCT',
  'MAX',
  'MIN',
  'SUM',
] satisfies AggregateFunction[]);

/** A field or an aggregate function over one. */
export function parseValue(reader: TokenReader): FieldReference | Aggregate {
  const name = reader.name();
  if (!reader.accept('(')) return { kind: 'field', name };
  const fn = name.text.toUpperCase();
  if (!isAggregateFunction(fn)) {
    throw malformedQuery(reader.query, name.at, `unexpected token: '${name.text}' (function is not supported)`);
  }
  const field = fn === 'COUNT' && reader.at(')') ? undefined : reader.name();
  reader.expect(')');
  return { kind: 'aggregate', fn, field, at: name.at };
}

function isAggregateFunction(text: string): text is AggregateFunction {
  return aggregateFunctions.has(text);
}
