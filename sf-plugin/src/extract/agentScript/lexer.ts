import { readString } from './strings.ts';
import type { Report, Token, TokenKind } from './tokens.ts';

/** Longest first, because the first alternative that matches is taken. */
const symbols = /->|\.\.\.|==|!=|<=|>=|[-+*/.,:=<>@()[\]{}]/y;
const datetime = /\d{4}-\d{2}-\d{2}(?:T\d{1,2}(?::\d{2})?(?::\d{2})?(?:\.\d+)?Z?)?/y;
const number = /\d+\.?\d*|\.\d+/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const blank = /[^\S\n]+/y;
const restOfLine = /[^\n]*/y;

const opening: ReadonlySet<string> = new Set(['(', '[', '{']);
const closing: ReadonlySet<string> = new Set([')', ']', '}']);

/** A tab counts as three columns, as in the official parsers. */
const tabColumns = 3;

/**
 * Splits a script into tokens, with its indentation as `indent` and `dedent`. Never throws: what is
 * not a token is reported and left out.
 */
export function tokenize(text: string, report: Report): readonly Token[] {
  return new Lexer(text, report).tokenize();
}

class Lexer {
  readonly #text: string;
  readonly #report: Report;
  readonly #tokens: Token[] = [];
  readonly #indents: number[] = [0];
  #at = 0;
  /** Where the last line with something on it ends: there its end is reported, if it comes too early. */
  #contentEnd = 0;
  /** Open brackets of the current statement; inside them line breaks mean nothing. */
  #brackets = 0;

  constructor(text: string, report: Report) {
    this.#text = text;
    this.#report = report;
  }

  tokenize(): readonly Token[] {
    while (this.#at < this.#text.length) this.#line();
    for (let open = this.#indents.length; open > 1; open -= 1) this.#emit('dedent', '', this.#contentEnd);
    this.#emit('end', '', this.#contentEnd);
    return this.#tokens;
  }

  #line(): void {
    const columns = this.#indentation();
    const first = this.#text[this.#at];
    if (first === undefined) return;
    if (first === '\n' || first === '#') {
      this.#skipLine();
      return;
    }
    this.#indentTo(columns);
    const next = this.#text[this.#at + 1];
    if (first === '-' && (next === undefined || /\s/.test(next))) {
      this.#emit('dash', '-', this.#at);
      this.#at += 1;
    }
    this.#restOfStatement();
  }

  /** A dedent to a column between two levels belongs to the outer of the two. */
  #indentTo(columns: number): void {
    if (columns > this.#level()) {
      this.#indents.push(columns);
      this.#emit('indent', '', this.#contentEnd);
      return;
    }
    while (columns < this.#level()) {
      this.#indents.pop();
      this.#emit('dedent', '', this.#contentEnd);
    }
    if (this.#tokens.length > 0) this.#emit('newline', '', this.#contentEnd);
  }

  #restOfStatement(): void {
    this.#brackets = 0;
    while (this.#at < this.#text.length) {
      if (this.#match(blank)) continue;
      const char = this.#text[this.#at];
      if (char === '\n') {
        this.#at += 1;
        if (this.#brackets === 0 || !this.#bracketsGoOn()) return;
      } else if (char === '#') {
        this.#match(restOfLine);
      } else if (char === '|') {
        this.#template();
        return;
      } else {
        this.#token();
        this.#contentEnd = this.#at;
      }
    }
  }

  /**
   * Whether the open brackets go on after a line break. They need not be closed at all; a line that
   * is not indented deeper than its statement and closes nothing starts a statement of its own.
   */
  #bracketsGoOn(): boolean {
    const lineStart = this.#at;
    const columns = this.#indentation();
    const char = this.#text[this.#at];
    const goesOn = columns > this.#level() || char === undefined || char === '\n' || char === '\r' || closing.has(char);
    if (!goesOn) this.#at = lineStart;
    return goesOn;
  }

  #token(): void {
    const start = this.#at;
    const char = this.#text[start];
    if (char === '"' || char === "'") {
      const { value, end } = readString(this.#text, start, this.#report);
      this.#at = end;
      this.#emit('string', value, start);
    } else if (char === '\\' && /^\r?\n/.test(this.#text.slice(start + 1, start + 3))) {
      this.#skipLine();
    } else if (this.#take('datetime', datetime) || this.#take('number', number) || this.#take('name', name)) {
      return;
    } else {
      const symbol = this.#match(symbols);
      if (symbol === undefined) {
        this.#report(start, `unexpected character ${JSON.stringify(char)}`);
        this.#at += 1;
        return;
      }
      if (opening.has(symbol)) this.#brackets += 1;
      if (closing.has(symbol) && this.#brackets > 0) this.#brackets -= 1;
      this.#emit('symbol', symbol, start);
    }
  }

  /** Everything after `|`, and every following line that is indented deeper than the line of the `|`. */
  #template(): void {
    this.#emit('template', '|', this.#at);
    this.#at += 1;
    const base = this.#level();
    do {
      this.#templateLine();
    } while (this.#templateGoesOn(base));
    this.#emit('template-end', '', this.#contentEnd);
  }

  /** Moves to the next line of the template, if there is one; its white space stays out of the text. */
  #templateGoesOn(base: number): boolean {
    const lineStart = this.#at;
    while (this.#at < this.#text.length) {
      const columns = this.#indentation();
      const char = this.#text[this.#at];
      const isComment = char === '#' && columns <= base;
      if (char !== '\n' && !isComment) {
        if (char !== undefined && columns > base) return true;
        break;
      }
      this.#skipLine();
    }
    this.#at = lineStart;
    return false;
  }

  /** One line of a template, with the line break that ends it. */
  #templateLine(): void {
    let start = this.#at;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') {
      if (this.#text[this.#at] === '{' && this.#text[this.#at + 1] === '!') {
        this.#emitText(start);
        this.#interpolation();
        start = this.#at;
      } else {
        this.#at += 1;
      }
    }
    this.#contentEnd = this.#at;
    if (this.#at < this.#text.length) this.#at += 1;
    this.#emitText(start);
  }

  #emitText(start: number): void {
    if (this.#at > start) this.#emit('text', this.#text.slice(start, this.#at), start);
  }

  /** `{! … }` on one line. An unclosed one ends with the line, and the parser reports it. */
  #interpolation(): void {
    this.#emit('interpolation', '{!', this.#at);
    this.#at += 2;
    this.#brackets = 0;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '\n') {
      if (this.#match(blank)) continue;
      const closes = this.#text[this.#at] === '}' && this.#brackets === 0;
      this.#token();
      if (closes) return;
    }
  }

  /** Consumes leading white space and returns its width in columns. */
  #indentation(): number {
    let columns = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const char = this.#text[this.#at];
      if (char === ' ') columns += 1;
      else if (char === '\t') columns += tabColumns;
      else if (char === undefined || char === '\n' || !/\s/.test(char)) break;
    }
    return columns;
  }

  #skipLine(): void {
    this.#match(restOfLine);
    this.#at += 1;
  }

  #level(): number {
    return this.#indents.at(-1) ?? 0;
  }

  #take(kind: TokenKind, pattern: RegExp): boolean {
    const start = this.#at;
    const text = this.#match(pattern);
    if (text === undefined) return false;
    this.#emit(kind, text, start);
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const text = pattern.exec(this.#text)?.[0];
    if (text === undefined || text === '') return undefined;
    this.#at += text.length;
    return text;
  }

  #emit(kind: TokenKind, text: string, start: number): void {
    this.#tokens.push({ kind, text, start });
  }
}
