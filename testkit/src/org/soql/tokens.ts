import { malformedQuery } from './queryErrors.ts';

export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'date' | 'datetime' | 'symbol' | 'end';
  /** As written; of a string, what stands between the quotes. */
  readonly text: string;
  /** Offset in the query, in characters. */
  readonly at: number;
}

/** In the order in which they are tried: a date would otherwise be read as numbers. */
const patterns: readonly (readonly [Token['kind'], RegExp])[] = [
  ['datetime', /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)/y],
  ['date', /\d{4}-\d\d-\d\d(?![\w:])/y],
  ['number', /[+-]?(?:\d+\.?\d*|\.\d+)(?![\w])/y],
  ['string', /'((?:[^'\\]|\\[^])*)'/y],
  ['name', /[a-zA-Z]\w*(?:\.[a-zA-Z]\w*)*(?::\d+)?/y],
  ['symbol', /<=|>=|!=|<>|[=<>(),]/y],
];

/** @throws SalesforceError `MALFORMED_QUERY` at the first character that belongs to no token */
export function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  let at = skipBlanks(query, 0);
  while (at < query.length) {
    const token = tokenAt(query, at);
    tokens.push(token.token);
    at = skipBlanks(query, token.end);
  }
  return [...tokens, { kind: 'end', text: '<EOF>', at }];
}

function tokenAt(query: string, at: number): { token: Token; end: number } {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(query);
    if (match) return { token: { kind, text: match[1] ?? match[0], at }, end: pattern.lastIndex };
  }
  throw malformedQuery(query, at, `line 1:${at} no viable alternative at character '${query[at] ?? ''}'`);
}

function skipBlanks(query: string, from: number): number {
  let at = from;
  while (/\s/.test(query[at] ?? '')) at += 1;
  return at;
}
