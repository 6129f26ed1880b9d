import type { Assignment, AvailableWhen, Clause, Expression, To, Transition, With } from './ast.ts';
import type { Cursor } from './cursor.ts';
import { assignable, parseExpression } from './expressions.ts';

/** Reads `with a = 1, b = 2`, starting at `with`. */
export function parseWith(cursor: Cursor): readonly With[] {
  cursor.next();
  const clauses: With[] = [];
  do {
    const place = cursor.place();
    if (!cursor.at('name') && !cursor.at('string')) {
      cursor.unexpected('an input name after "with"');
      break;
    }
    const parameter = cursor.next().text;
    cursor.expect('=');
    clauses.push({ kind: 'with', place, parameter, value: parseExpression(cursor) });
  } while (cursor.at('symbol', ',') && !startsClause(cursor, 1) && cursor.take('symbol', ','));
  return clauses;
}

/** Reads `to @subagent.X`, starting at `to`. */
export function parseTo(cursor: Cursor): To {
  const place = cursor.place(cursor.next());
  return { kind: 'to', place, target: parseExpression(cursor) };
}

/** Reads the `with` and `to` clauses that follow a value on its line, if there are any. */
export function parseClauses(cursor: Cursor): readonly Clause[] {
  const clauses: Clause[] = [];
  while (startsClause(cursor, 0)) {
    const read = cursor.at('name', 'with') ? parseWith(cursor) : [parseTo(cursor)];
    for (const clause of read) clauses.push(clause);
    if (!cursor.at('symbol', ',') || !startsClause(cursor, 1)) break;
    cursor.next();
  }
  return clauses;
}

/** An input may itself be called `with` or `to`. */
function startsClause(cursor: Cursor, ahead: number): boolean {
  const isWord = cursor.at('name', 'with', ahead) || cursor.at('name', 'to', ahead);
  return isWord && !cursor.at('symbol', '=', ahead + 1);
}

export function parseSet(cursor: Cursor): Assignment {
  const place = cursor.place(cursor.next());
  const target = parseExpression(cursor, assignable);
  if (cursor.at('symbol', '==')) {
    cursor.report('"set" assigns with "="');
    cursor.next();
  } else {
    cursor.expect('=');
  }
  return { kind: 'set', place, target, value: parseExpression(cursor) };
}

export function parseTransition(cursor: Cursor): Transition {
  const place = cursor.place(cursor.next());
  if (startsClause(cursor, 0)) return { kind: 'transition', place, clauses: parseClauses(cursor) };
  cursor.unexpected('"to" after "transition"');
  if (cursor.atLineEnd()) return { kind: 'transition', place, clauses: [] };
  const target = parseExpression(cursor);
  return { kind: 'transition', place, clauses: [{ kind: 'to', place: target.place, target }] };
}

/** Reads `available when condition`, starting at `available`. */
export function parseAvailableWhen(cursor: Cursor): AvailableWhen {
  const place = cursor.place(cursor.next());
  cursor.next();
  return { kind: 'available-when', place, condition: parseCondition(cursor) };
}

/** Reads a condition; a single `=` in it is reported and read as `==`. */
export function parseCondition(cursor: Cursor): Expression {
  const left = parseExpression(cursor);
  if (!cursor.at('symbol', '=')) return left;
  cursor.report('conditions compare with "=="');
  cursor.next();
  return { kind: 'binary', place: left.place, operator: '==', left, right: parseExpression(cursor) };
}
