import type { SalesforceError } from '../errors.ts';
import { malformedQuery } from './queryErrors.ts';
import type { Name } from './syntax.ts';
import { tokenize, type Token } from './tokens.ts';

const end: Token = { kind: 'end', text: '<EOF>', at: 0 };

/** The tokens of a query, read from the left. Keywords are the same in any letter case. */
export class TokenReader {
  readonly query: string;
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(query: string) {
    this.query = query;
    this.#tokens = tokenize(query);
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#next + ahead] ?? this.#tokens.at(-1) ?? end;
  }

  take(): Token {
    const token = this.peek();
    this.#next += 1;
    return token;
  }

  /** Whether the next token is this word or symbol. */
  at(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return (token.kind === 'name' || token.kind === 'symbol') && token.text.toUpperCase() === text;
  }

  /** Takes these words or symbols if all of them come next. */
  accept(...texts: readonly string[]): boolean {
    if (!texts.every((text, ahead) => this.at(text, ahead))) return false;
    this.#next += texts.length;
    return true;
  }

  expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected(`expecting '${text}'`);
  }

  name(): Name {
    const { kind, text, at } = this.peek();
    if (kind !== 'name' || text.includes(':')) throw this.unexpected('expecting a field or object name');
    this.take();
    return { text, at };
  }

  wholeNumber(): number {
    const { kind, text } = this.peek();
    if (kind !== 'number' || !/^\d+$/.test(text)) throw this.unexpected('expecting a whole number');
    this.take();
    return Number(text);
  }

  unexpected(hint?: string): SalesforceError {
    const { text, at } = this.peek();
    return malformedQuery(this.query, at, `unexpected token: '${text}'${hint === undefined ? '' : ` (${hint})`}`);
  }
}
