import { malformedQuery } from './queryErrors.ts';
import { parseCondition, type ParseInner } from './parseCondition.ts';
import { parseValue } from './parseValue.ts';
import type { Name, Order, Query, SelectItem } from './syntax.ts';
import { TokenReader } from './tokenReader.ts';

/** Limit of the platform, in characters. */
const longestQuery = 100_000;

/**
 * The subset of SOQL that this org answers. What is not in it is refused, never ignored.
 *
 * @throws SalesforceError `MALFORMED_QUERY` with row and column
 */
export function parseQuery(text: string): Query {
  if (text.length > longestQuery) throw malformedQuery('', 0, `SOQL statements cannot be longer than ${longestQuery}`);
  const reader = new TokenReader(text);
  const query = parseSelect(reader, () => parseSelect(reader, undefined));
  if (reader.peek().kind !== 'end') throw reader.unexpected();
  return query;
}

/** @param parseInner reads a query inside this one; absent inside such a query */
function parseSelect(reader: TokenReader, parseInner: ParseInner | undefined): Query {
  reader.expect('SELECT');
  const select = [parseItem(reader, parseInner)];
  while (reader.accept(',')) select.push(parseItem(reader, parseInner));
  reader.expect('FROM');
  const from = reader.name();
  const where = reader.accept('WHERE') ? parseCondition(reader, parseInner) : undefined;
  // Every query here runs with the rights of its user, so both clauses change nothing.
  if (reader.accept('WITH') && !reader.accept('USER_MODE') && !reader.accept('SECURITY_ENFORCED')) {
    throw reader.unexpected();
  }
  const groupBy = reader.accept('GROUP', 'BY') ? parseList(reader, () => groupField(reader)) : [];
  const having = groupBy.length > 0 && reader.accept('HAVING') ? parseCondition(reader, parseInner) : undefined;
  const orderBy = reader.accept('ORDER', 'BY') ? parseList(reader, () => parseOrder(reader)) : [];
  const limit = reader.accept('LIMIT') ? reader.wholeNumber() : undefined;
  const offset = reader.accept('OFFSET') ? reader.wholeNumber() : 0;
  // Over REST a lock ends with the request: the clause is accepted and has no effect.
  if (reader.accept('FOR') && !reader.accept('VIEW') && !reader.accept('REFERENCE') && !reader.accept('UPDATE')) {
    throw reader.unexpected();
  }
  return { select, from, where, groupBy, having, orderBy, limit, offset };
}

function parseItem(reader: TokenReader, parseInner: ParseInner | undefined): SelectItem {
  const { at } = reader.peek();
  if (reader.accept('(')) {
    if (!parseInner) throw reader.unexpected('a query inside a query cannot hold another one');
    const query = parseInner();
    reader.expect(')');
    return { kind: 'children', query, at };
  }
  const value = parseValue(reader);
  return { kind: 'value', value, alias: parseAlias(reader) };
}

function parseAlias(reader: TokenReader): string | undefined {
  const isAlias = reader.peek().kind === 'name' && !reader.at('FROM');
  // Anything else behind the word means that it is a mistake, such as FORM for FROM.
  return isAlias && (reader.at(',', 1) || reader.at('FROM', 1)) ? reader.name().text : undefined;
}

function parseOrder(reader: TokenReader): Order {
  const value = parseValue(reader);
  const descending = reader.accept('DESC');
  if (!descending) reader.accept('ASC');
  const nullsLast = reader.accept('NULLS', 'LAST');
  if (!nullsLast) reader.accept('NULLS', 'FIRST');
  return { value, descending, nullsLast };
}

function groupField(reader: TokenReader): Name {
  const name = reader.name();
  if (reader.at('(')) throw reader.unexpected('grouping by a function is not supported');
  return name;
}

function parseList<T>(reader: TokenReader, parse: () => T): T[] {
  const items = [parse()];
  while (reader.accept(',')) items.push(parse());
  return items;
}
