import type { Entry } from './ast.ts';
import { parseClauses } from './clauses.ts';
import type { Cursor } from './cursor.ts';
import { parseExpression, parseTemplate } from './expressions.ts';
import type { Token } from './tokens.ts';

/** An entry without the block under it. */
export type EntryHead = Omit<Entry, 'body'>;

/** Keys have one word or two; a few more are looked at to recognise a misspelled one. */
const longestKey = 10;

/** Whether a `key:` starts here, or something that was meant to be one. */
export function startsEntry(cursor: Cursor): boolean {
  const first = cursor.peek();
  if (first.kind !== 'name' && first.kind !== 'string' && first.kind !== 'number') return false;
  for (let ahead = 1; ahead < longestKey; ahead += 1) {
    if (cursor.at('symbol', ':', ahead)) return true;
    if (!isKeyPart(cursor.peek(ahead))) return first.kind === 'name' && ahead <= 2 && startsValue(cursor, ahead);
  }
  return false;
}

function isKeyPart({ kind, text }: Token): boolean {
  return (
    kind === 'name' || kind === 'string' || kind === 'number' || (kind === 'symbol' && (text === '-' || text === '.'))
  );
}

/** What can follow a key whose colon was forgotten. */
function startsValue(cursor: Cursor, ahead: number): boolean {
  return (
    cursor.at('indent', undefined, ahead) ||
    cursor.at('symbol', '->', ahead) ||
    cursor.at('symbol', '@', ahead) ||
    cursor.at('template', undefined, ahead)
  );
}

/** Reads an entry up to the end of its line. */
export function parseEntryHead(cursor: Cursor): EntryHead {
  const place = cursor.place();
  const key = parseKey(cursor);
  cursor.expect(':');
  const head = { kind: 'entry', place, ...key, clauses: [] } as const;
  if (cursor.take('symbol', '->')) {
    if (cursor.atLineEnd() && !cursor.at('indent')) cursor.report('the procedure is empty');
    return head;
  }
  if (cursor.atLineEnd()) return head;
  if (cursor.at('template')) return { ...head, value: parseTemplate(cursor) };
  const modifier = takeModifier(cursor);
  const value = parseExpression(cursor);
  const initial = cursor.take('symbol', '=') ? parseExpression(cursor) : undefined;
  return {
    ...head,
    ...(modifier && { modifier }),
    value,
    ...(initial && { initial }),
    clauses: parseClauses(cursor),
  };
}

function takeModifier(cursor: Cursor): 'mutable' | 'linked' | undefined {
  if (cursor.atLineEnd(1)) return undefined;
  if (cursor.take('name', 'mutable')) return 'mutable';
  return cursor.take('name', 'linked') ? 'linked' : undefined;
}

function parseKey(cursor: Cursor): { key: string; name?: string } {
  const first = cursor.peek();
  if (first.kind === 'number') cursor.report('a key cannot start with a digit');
  const key = cursor.next().text;
  if (cursor.at('symbol', ':') || !isKeyPart(cursor.peek())) return { key };
  const second = cursor.next();
  if (second.kind === 'symbol' || first.kind === 'number' || isKeyPart(cursor.peek())) {
    return { key: parseIllFormedKey(cursor, key + second.text) };
  }
  return { key, name: second.text };
}

/** Reads on to the colon, so that at least the value is not lost. */
function parseIllFormedKey(cursor: Cursor, start: string): string {
  cursor.report('a key consists of letters, digits and underscores, or stands in quotes');
  let key = start;
  while (isKeyPart(cursor.peek())) key += cursor.next().text;
  return key;
}
