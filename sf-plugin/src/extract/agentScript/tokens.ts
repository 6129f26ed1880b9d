/**
 * `newline` ends a line; `indent` ends a line and opens a block; `dedent` closes one. A template is
 * `template`, then any of `text` and `interpolation … }`, then `template-end`.
 */
export type TokenKind =
  | 'name'
  | 'string'
  | 'number'
  | 'datetime'
  | 'symbol'
  | 'dash'
  | 'template'
  | 'text'
  | 'interpolation'
  | 'template-end'
  | 'newline'
  | 'indent'
  | 'dedent'
  | 'end';

/** `text` is the source text, except for strings: there it is the value. `start` is a UTF-16 offset. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
}

/** Receives what the lexer or the parser could not understand, by offset. */
export type Report = (start: number, reason: string) => void;
