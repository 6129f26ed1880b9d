import { malformedQuery } from './queryErrors.ts';
import { parseValue } from './parseValue.ts';
import type { Condition, Literal, Operator, Query } from './syntax.ts';
import { isDateLiteral } from './dateLiterals.ts';
import type { TokenReader } from './tokenReader.ts';

/** Reads a query inside the query, from its SELECT on. */
export type ParseInner = () => Query;

/** Deepest nesting of brackets; far above what people write, far below what would end the process. */
const deepest = 50;

/** AND and OR may not stand side by side without brackets: SOQL has no precedence for them. */
export function parseCondition(reader: TokenReader, parseInner: ParseInner | undefined, nesting = 0): Condition {
  const first = parseTerm(reader, parseInner, nesting);
  const kind = reader.at('AND') ? 'and' : 'or';
  const parts = [first];
  while (reader.accept(kind.toUpperCase())) parts.push(parseTerm(reader, parseInner, nesting));
  if (reader.at('AND') || reader.at('OR')) throw reader.unexpected();
  return parts.length === 1 ? first : { kind, parts };
}

function parseTerm(reader: TokenReader, parseInner: ParseInner | undefined, nesting: number): Condition {
  if (nesting > deepest) throw malformedQuery(reader.query, reader.peek().at, 'conditions are nested too deeply');
  if (reader.accept('NOT')) return { kind: 'not', part: parseTerm(reader, parseInner, nesting + 1) };
  if (reader.accept('(')) {
    const inner = parseCondition(reader, parseInner, nesting + 1);
    reader.expect(')');
    return inner;
  }
  return parseComparison(reader, parseInner);
}

function parseComparison(reader: TokenReader, parseInner: ParseInner | undefined): Condition {
  const { at } = reader.peek();
  const value = parseValue(reader);
  const operator = parseOperator(reader);
  const takesList = ['IN', 'NOT IN', 'INCLUDES', 'EXCLUDES'].includes(operator);
  if (!takesList) {
    return { kind: 'comparison', value, operator, literals: [parseLiteral(reader)], subquery: undefined, at };
  }
  reader.expect('(');
  const isSubquery = reader.at('SELECT') && operator.endsWith('IN');
  if (isSubquery && !parseInner) throw reader.unexpected('a query inside a query cannot hold another one');
  const subquery = isSubquery ? parseInner?.() : undefined;
  const literals = subquery ? [] : parseLiterals(reader);
  reader.expect(')');
  return { kind: 'comparison', value, operator, literals, subquery, at };
}

const symbols: Readonly<Record<string, Operator>> = {
  '=': '=',
  '!=': '!=',
  '<>': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
  LIKE: 'LIKE',
  IN: 'IN',
  INCLUDES: 'INCLUDES',
  EXCLUDES: 'EXCLUDES',
};

function parseOperator(reader: TokenReader): Operator {
  if (reader.accept('NOT', 'IN')) return 'NOT IN';
  const { kind, text } = reader.peek();
  const operator = kind === 'name' || kind === 'symbol' ? symbols[text.toUpperCase()] : undefined;
  if (operator === undefined) throw reader.unexpected('expecting an operator');
  reader.take();
  return operator;
}

function parseLiterals(reader: TokenReader): Literal[] {
  const literals = [parseLiteral(reader)];
  while (reader.accept(',')) literals.push(parseLiteral(reader));
  return literals;
}

function parseLiteral(reader: TokenReader): Literal {
  const { kind, text, at } = reader.peek();
  if (kind === 'string' || kind === 'number' || kind === 'date' || kind === 'datetime') {
    reader.take();
    return { kind, text, at };
  }
  const word = kind === 'name' ? text.toUpperCase() : '';
  const named = word === 'NULL' ? 'null' : word === 'TRUE' || word === 'FALSE' ? 'boolean' : undefined;
  if (named === undefined && !isDateLiteral(word)) throw reader.unexpected('expecting a value');
  reader.take();
  return { kind: named ?? 'dateLiteral', text: word, at };
}
