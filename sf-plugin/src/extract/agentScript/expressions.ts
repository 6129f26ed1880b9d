import type { BinaryOperator, DictionaryPair, Expression, Template } from './ast.ts';
import type { Cursor } from './cursor.ts';

const precedence = { ternary: 0, not: 3, comparison: 4, sign: 7, postfix: 8 };

/** Binary operators by the words or symbols that start them; a higher number binds tighter. */
const binaryPrecedence: ReadonlyMap<string, number> = new Map([
  ['or', 1],
  ['and', 2],
  ['==', precedence.comparison],
  ['!=', precedence.comparison],
  ['<', precedence.comparison],
  ['<=', precedence.comparison],
  ['>', precedence.comparison],
  ['>=', precedence.comparison],
  ['is', precedence.comparison],
  ['+', 5],
  ['-', 5],
  ['*', 6],
  ['/', 6],
]);

/** Binds tighter than a comparison, so that the `=` after it is an assignment. */
export const assignable = precedence.comparison + 1;

/** Reads one expression. Where there is none, reports that and returns an `invalid` one. */
export function parseExpression(cursor: Cursor, minimum = precedence.ternary): Expression {
  const place = cursor.place();
  return cursor.nested(() => parseOperators(cursor, minimum)) ?? { kind: 'invalid', place };
}

function parseOperators(cursor: Cursor, minimum: number): Expression {
  let left = parseOperand(cursor);
  for (;;) {
    const extended = parseOperator(cursor, left, minimum);
    if (!extended) return left;
    left = extended;
  }
}

function parseOperator(cursor: Cursor, left: Expression, minimum: number): Expression | undefined {
  const { kind, text } = cursor.peek();
  const { place } = left;
  if (kind === 'symbol' && minimum <= precedence.postfix) {
    const postfix = parsePostfix(cursor, left);
    if (postfix) return postfix;
  }
  if (kind === 'name' && text === 'if' && minimum <= precedence.ternary) {
    cursor.next();
    const condition = parseExpression(cursor, precedence.ternary + 1);
    if (!cursor.take('name', 'else')) cursor.unexpected('"else"');
    return { kind: 'ternary', place, condition, consequence: left, alternative: parseExpression(cursor) };
  }
  const binds = kind === 'name' || kind === 'symbol' ? binaryPrecedence.get(text) : undefined;
  if (binds === undefined || binds < minimum) return undefined;
  cursor.next();
  const negated = text === 'is' && cursor.take('name', 'not');
  const operator = (negated ? 'is not' : text) as BinaryOperator;
  return { kind: 'binary', place, operator, left, right: parseExpression(cursor, binds + 1) };
}

function parsePostfix(cursor: Cursor, object: Expression): Expression | undefined {
  const { place } = object;
  if (cursor.take('symbol', '.')) {
    if (cursor.at('name')) return { kind: 'member', place, object, name: cursor.next().text };
    cursor.unexpected('a name after "."');
    return { kind: 'invalid', place };
  }
  if (cursor.take('symbol', '[')) {
    const index = parseExpression(cursor);
    cursor.expect(']');
    return { kind: 'subscript', place, object, index };
  }
  if (cursor.take('symbol', '(')) {
    return { kind: 'call', place, callee: object, args: parseSeparated(cursor, ')', parseExpression) };
  }
  return undefined;
}

function parseOperand(cursor: Cursor): Expression {
  const place = cursor.place();
  const token = cursor.peek();
  switch (token.kind) {
    case 'string':
    case 'datetime':
      return { kind: token.kind, place, value: cursor.next().text };
    case 'number':
      return { kind: 'number', place, value: Number(cursor.next().text) };
    case 'name':
      return parseWord(cursor);
    case 'symbol':
      return parseSymbol(cursor);
    default:
      cursor.unexpected('a value');
      return { kind: 'invalid', place };
  }
}

function parseWord(cursor: Cursor): Expression {
  const place = cursor.place();
  const { text } = cursor.next();
  if (text === 'True' || text === 'False') return { kind: 'boolean', place, value: text === 'True' };
  if (text === 'None') return { kind: 'none', place };
  if (text === 'not')
    return { kind: 'unary', place, operator: text, operand: parseExpression(cursor, precedence.not + 1) };
  return { kind: 'name', place, name: text };
}

function parseSymbol(cursor: Cursor): Expression {
  const place = cursor.place();
  const { text } = cursor.peek();
  switch (text) {
    case '...':
      cursor.next();
      return { kind: 'ellipsis', place };
    case '@':
      cursor.next();
      if (cursor.at('name')) return { kind: 'namespace', place, name: cursor.next().text };
      cursor.unexpected('a name after "@"');
      return { kind: 'invalid', place };
    case '+':
    case '-':
      cursor.next();
      return { kind: 'unary', place, operator: text, operand: parseExpression(cursor, precedence.sign + 1) };
    case '*':
      cursor.next();
      return { kind: 'spread', place, operand: parseExpression(cursor, precedence.postfix) };
    case '(': {
      cursor.next();
      const inner = parseExpression(cursor);
      cursor.expect(')');
      return inner;
    }
    case '[':
      cursor.next();
      return { kind: 'list', place, items: parseSeparated(cursor, ']', parseExpression) };
    case '{':
      cursor.next();
      return { kind: 'dictionary', place, pairs: parseSeparated(cursor, '}', parsePair) };
    default:
      cursor.unexpected('a value');
      return { kind: 'invalid', place };
  }
}

/** The items up to the closing bracket, with commas between them; a comma may also follow the last. */
function parseSeparated<T>(cursor: Cursor, close: string, parseItem: (cursor: Cursor) => T): readonly T[] {
  const items: T[] = [];
  while (!cursor.at('symbol', close) && !cursor.atLineEnd()) {
    items.push(parseItem(cursor));
    if (!cursor.take('symbol', ',')) break;
  }
  cursor.expect(close);
  return items;
}

function parsePair(cursor: Cursor): DictionaryPair {
  const words: string[] = [];
  while (cursor.at('name') || cursor.at('string')) words.push(cursor.next().text);
  if (words.length === 0) cursor.unexpected('a key');
  cursor.expect(':');
  return { key: words.join(' '), value: parseExpression(cursor) };
}

/** Reads a template from its `|` to its end. */
export function parseTemplate(cursor: Cursor): Template {
  const place = cursor.place(cursor.next());
  const parts: (string | Expression)[] = [];
  while (!cursor.take('template-end')) {
    const token = cursor.next();
    if (token.kind === 'text') parts.push(token.text);
    else if (token.kind === 'interpolation') parts.push(parseInterpolation(cursor));
  }
  return { kind: 'template', place, parts };
}

function parseInterpolation(cursor: Cursor): Expression {
  const expression = parseExpression(cursor);
  cursor.expect('}');
  return expression;
}
