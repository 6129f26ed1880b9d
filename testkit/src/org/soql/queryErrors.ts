import { SalesforceError, type ErrorCode } from '../errors.ts';

/** A query that is not SOQL, or SOQL that this org does not know: it never guesses. */
export function malformedQuery(query: string, at: number, message: string): SalesforceError {
  return queryError('MALFORMED_QUERY', query, at, message);
}

/** An error with the line, a caret under the place, and the place in words, as the platform prints it. */
export function queryError(code: ErrorCode, query: string, at: number, message: string): SalesforceError {
  const before = query.slice(0, at).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  const line = query.split('\n')[before.length - 1] ?? '';
  const caret = `${' '.repeat(column - 1)}^`;
  const place = `ERROR at Row:${before.length}:Column:${column}`;
  return new SalesforceError(code, `\n${line}\n${caret}\n${place}\n${message}`);
}
