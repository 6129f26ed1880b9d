import type { Place } from '@agent-readiness/protocol';
import { LineIndex } from '../text/lineIndex.ts';
import type { ScriptProblem } from './ast.ts';
import { tokenize } from './lexer.ts';
import type { Token, TokenKind } from './tokens.ts';

/** Deeper nesting than this is refused, so that hostile input cannot exhaust the stack. */
const maximumDepth = 100;

const lineEnds: ReadonlySet<TokenKind> = new Set(['newline', 'indent', 'dedent', 'end']);

/** A position in the tokens of one script, and the problems found so far, one per line. */
export class Cursor {
  readonly #tokens: readonly Token[];
  readonly #lines: LineIndex;
  /** What follows the last token, however far one looks. */
  readonly #end: Token;
  readonly #problems: ScriptProblem[] = [];
  readonly #problemLines = new Set<number>();
  #position = 0;
  #depth = 0;

  constructor(file: string, text: string) {
    this.#lines = new LineIndex(file, text);
    this.#end = { kind: 'end', text: '', start: text.length };
    this.#tokens = tokenize(text, (start, reason) => {
      this.#reportAt(start, reason);
    });
  }

  /** In the order of the text. */
  get problems(): readonly ScriptProblem[] {
    return this.#problems.toSorted((a, b) => a.place.line - b.place.line);
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.#position + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    this.#position += 1;
    return token;
  }

  place(token = this.peek()): Place {
    return this.#lines.place(token.start);
  }

  at(kind: TokenKind, text?: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === kind && (text === undefined || token.text === text);
  }

  /** Consumes the next token if it is of that kind, and of that text where one is given. */
  take(kind: TokenKind, text?: string): boolean {
    const found = this.at(kind, text);
    if (found) this.#position += 1;
    return found;
  }

  atLineEnd(ahead = 0): boolean {
    return lineEnds.has(this.peek(ahead).kind);
  }

  /** Consumes the symbol, or reports that it is missing and goes on as if it were there. */
  expect(symbol: string): void {
    if (!this.take('symbol', symbol)) this.report(`expected "${symbol}"${this.#found()}`);
  }

  unexpected(expectation: string): void {
    this.report(`expected ${expectation}${this.#found()}`);
  }

  /** Skips to the end of the line; anything left on it is a problem. */
  endLine(): void {
    if (this.atLineEnd()) return;
    this.report(`unexpected ${describe(this.peek())}`);
    while (!this.atLineEnd()) this.#position += 1;
  }

  report(reason: string, token = this.peek()): void {
    this.#reportAt(token.start, reason);
  }

  /** Runs `read` one level deeper; at the limit reports that and returns `undefined`. */
  nested<T>(read: () => T): T | undefined {
    if (this.#depth >= maximumDepth) {
      this.report('nested too deeply');
      return undefined;
    }
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }

  #found(): string {
    return this.atLineEnd() ? ' before the end of the line' : `, found ${describe(this.peek())}`;
  }

  /** One mistake often leads to several complaints about the same line: the first one counts. */
  #reportAt(start: number, reason: string): void {
    const place = this.#lines.place(start);
    if (this.#problemLines.has(place.line)) return;
    this.#problemLines.add(place.line);
    this.#problems.push({ place, reason });
  }
}

function describe(token: Token): string {
  if (token.kind === 'string') return 'a string';
  return token.kind === 'text' ? 'text' : `"${token.text}"`;
}
