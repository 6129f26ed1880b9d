import type { Branch, Collect, Conditional, Element, Expression, Item, Run, Template, Unreadable } from './ast.ts';
import {
  parseAvailableWhen,
  parseClauses,
  parseCondition,
  parseSet,
  parseTo,
  parseTransition,
  parseWith,
} from './clauses.ts';
import type { Cursor } from './cursor.ts';
import { parseEntryHead, startsEntry } from './entries.ts';
import { parseExpression, parseTemplate } from './expressions.ts';

/** Reads the items of one block, up to its end. Never throws and always gets there. */
export function parseItems(cursor: Cursor): readonly Item[] {
  const items: Item[] = [];
  const isList = cursor.at('dash');
  while (!cursor.at('dedent') && !cursor.at('end')) {
    if (cursor.take('newline')) continue;
    if (cursor.at('dash') !== isList) cursor.report('a block is either a list or a mapping');
    for (const item of parseItem(cursor)) items.push(item);
    cursor.endLine();
    if (cursor.at('indent')) items.push(parseUnexpectedBlock(cursor));
  }
  return items;
}

/** Reads the indented block that starts here, if one does. */
function parseBlock(cursor: Cursor): readonly Item[] {
  if (!cursor.take('indent')) return [];
  const items = cursor.nested(() => parseItems(cursor)) ?? skipBlock(cursor);
  cursor.take('dedent');
  return items;
}

function skipBlock(cursor: Cursor): readonly Item[] {
  for (let open = 0; !cursor.at('end') && (open > 0 || !cursor.at('dedent')); cursor.next()) {
    if (cursor.at('indent')) open += 1;
    if (cursor.at('dedent')) open -= 1;
  }
  return [];
}

function parseUnexpectedBlock(cursor: Cursor): Unreadable {
  cursor.report('unexpected indentation', cursor.peek(1));
  return { kind: 'unreadable', place: cursor.place(cursor.peek(1)), body: parseBlock(cursor) };
}

function parseItem(cursor: Cursor): readonly Item[] {
  if (cursor.at('template')) return [parseTemplate(cursor)];
  if (cursor.at('dash')) return [parseElement(cursor)];
  if (cursor.at('name', 'else') || (cursor.at('name') && !cursor.at('symbol', ':', 1))) {
    const statements = parseStatement(cursor);
    if (statements) return statements;
  }
  if (startsEntry(cursor)) return [parseEntry(cursor)];
  cursor.report(`expected "key: value" or a statement`);
  return [skipLine(cursor)];
}

function parseStatement(cursor: Cursor): readonly Item[] | undefined {
  switch (cursor.peek().text) {
    case 'if':
      return [parseIf(cursor)];
    case 'run':
      return [parseRun(cursor)];
    case 'set':
      return [parseSet(cursor)];
    case 'transition':
      return [parseTransition(cursor)];
    case 'collect':
      return [parseCollect(cursor)];
    case 'with':
      return parseWith(cursor);
    case 'to':
      return [parseTo(cursor)];
    case 'available':
      return cursor.at('name', 'when', 1) ? [parseAvailableWhen(cursor)] : undefined;
    case 'else':
    case 'elif':
    case 'for':
      return [parseStray(cursor)];
    case 'empty':
      return cursor.atLineEnd(1) ? parseEmpty(cursor) : undefined;
    default:
      return undefined;
  }
}

/** `empty` says that a block has nothing in it. */
function parseEmpty(cursor: Cursor): readonly Item[] {
  cursor.next();
  return [];
}

function parseRun(cursor: Cursor): Run {
  const place = cursor.place(cursor.next());
  const target = parseExpression(cursor);
  const clauses = parseClauses(cursor);
  cursor.endLine();
  return { kind: 'run', place, target, body: [...clauses, ...parseBlock(cursor)] };
}

function parseCollect(cursor: Cursor): Collect {
  const place = cursor.place(cursor.next());
  const target = parseExpression(cursor);
  cursor.endLine();
  return { kind: 'collect', place, target, body: parseBlock(cursor) };
}

function parseIf(cursor: Cursor): Conditional {
  const place = cursor.place();
  const first = parseBranch(cursor);
  if (first.body.length === 0) cursor.report('the branch is empty');
  const branches = [first];
  for (let next = takeElse(cursor); next; next = takeElse(cursor)) {
    if (next === 'else') return { kind: 'if', place, branches, otherwise: parseBranchBody(cursor) };
    branches.push(parseBranch(cursor));
  }
  return { kind: 'if', place, branches, otherwise: [] };
}

/** Moves behind the `else` that continues a conditional, if one does; it stands on a line of its own. */
function takeElse(cursor: Cursor): 'else' | 'else if' | undefined {
  const isElse = cursor.at('name', 'else', 1);
  if (!cursor.at('newline') || !(isElse || cursor.at('name', 'elif', 1))) return undefined;
  cursor.next();
  if (isElse) cursor.next();
  else cursor.report('"elif" is written "else if"');
  return isElse && !cursor.at('name', 'if') ? 'else' : 'else if';
}

/** Reads a condition and what depends on it, starting at `if`. */
function parseBranch(cursor: Cursor): Branch {
  const place = cursor.place(cursor.next());
  const condition = parseCondition(cursor);
  return { place, condition, body: parseBranchBody(cursor) };
}

function parseBranchBody(cursor: Cursor): readonly Item[] {
  cursor.expect(':');
  cursor.endLine();
  return parseBlock(cursor);
}

/** `else` without `if`, and `for`: not in the language here, but what they hold may run. */
function parseStray(cursor: Cursor): Unreadable {
  cursor.report(`"${cursor.peek().text}" is not possible here`);
  return skipLine(cursor);
}

/** Skips a line that was reported, and reads what is indented under it. */
function skipLine(cursor: Cursor): Unreadable {
  const place = cursor.place();
  while (!cursor.atLineEnd()) cursor.next();
  return { kind: 'unreadable', place, body: parseBlock(cursor) };
}

function parseEntry(cursor: Cursor): Item {
  const head = parseEntryHead(cursor);
  cursor.endLine();
  if (head.value === undefined && startsValueBlock(cursor)) {
    cursor.next();
    const value = parseValueBlock(cursor);
    return { ...head, value, body: [] };
  }
  if (cursor.at('indent') && isLiteral(head.value)) cursor.report('unexpected indentation', cursor.peek(1));
  return { ...head, body: parseBlock(cursor) };
}

/** Types and references are described by what is indented under them; a literal says it all. */
function isLiteral(value: Expression | Template | undefined): boolean {
  switch (value?.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'none':
    case 'list':
    case 'dictionary':
      return true;
    default:
      return false;
  }
}

/** Whether the block that starts here is a single value, such as a string on a line of its own. */
function startsValueBlock(cursor: Cursor): boolean {
  if (!cursor.at('indent')) return false;
  const { kind, text } = cursor.peek(1);
  if (kind === 'string' || kind === 'number') return cursor.atLineEnd(2);
  return kind === 'datetime' || (kind === 'symbol' && text !== '->');
}

function parseValueBlock(cursor: Cursor): Expression {
  const value = parseExpression(cursor);
  cursor.endLine();
  if (!cursor.at('dedent')) cursor.report('unexpected line after the value', cursor.peek(1));
  skipBlock(cursor);
  cursor.take('dedent');
  return value;
}

function parseElement(cursor: Cursor): Element {
  const place = cursor.place(cursor.next());
  if (cursor.atLineEnd()) return { kind: 'element', place, body: parseBlock(cursor) };
  if (startsEntry(cursor)) {
    const head = parseEntryHead(cursor);
    cursor.endLine();
    return { kind: 'element', place, body: [{ ...head, body: [] }, ...parseBlock(cursor)] };
  }
  const value: Expression | Template = cursor.at('template') ? parseTemplate(cursor) : parseExpression(cursor);
  cursor.endLine();
  return { kind: 'element', place, value, body: parseBlock(cursor) };
}
