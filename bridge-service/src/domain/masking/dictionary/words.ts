import type { Span } from '../text/span.ts';

export interface Word extends Span {
  readonly word: string;
}

/** Scripts that do not put spaces between words, and Hangul, which puts endings on them: each character is a word. */
const word =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]|[[\p{L}\p{N}]--[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]]+/gv;

/** Runs of letters and digits. */
export function wordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(word), (match) => ({
    word: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
