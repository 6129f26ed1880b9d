import type { Certainty } from '../detection.ts';
import type { EntityType } from '../entityTypes.ts';
import type { Span } from '../text/span.ts';

/** What a pattern found in a normalised text. */
export interface PatternMatch extends Span {
  readonly type: EntityType;
  readonly certainty: Certainty;
}

/**
 * Finds one kind of value in a normalised text, in time linear in its length: every quantifier of an expression
 * is bounded, and what it may begin with is preceded by a look-behind.
 */
export interface Pattern {
  (text: string): Iterable<PatternMatch>;
  /** Of all that it finds; undefined where that differs. */
  readonly certainty?: Certainty;
  /** A text without `0` to `9` holds none. Most texts are words, and for those most patterns need not be tried. */
  readonly needsDigit?: boolean;
}

/** How far before a value its cue may stand. */
const cueDistance = 40;

/** Whether `cue` stands shortly before `start`, in the same paragraph. */
export function hasCueBefore(text: string, start: number, cue: RegExp): boolean {
  const before = text.slice(Math.max(0, start - cueDistance), start);
  return cue.test(before.slice(before.lastIndexOf('\n\n') + 1));
}

/** A pattern of an expression and a test. `group` says which part of the match is the value. */
export function pattern(options: {
  readonly type: EntityType;
  readonly certainty: Certainty;
  readonly expression: RegExp;
  readonly group?: string;
  /** Must stand before the value. */
  readonly cue?: RegExp;
  readonly accepts?: (value: string) => boolean;
  readonly needsDigit?: true;
}): Pattern {
  const { type, certainty, expression, group, cue, accepts, needsDigit = false } = options;
  function* find(text: string): Iterable<PatternMatch> {
    for (const match of text.matchAll(expression)) {
      const value = group === undefined ? match[0] : (match.groups?.[group] ?? '');
      const start = match.index + (group === undefined ? 0 : match[0].lastIndexOf(value));
      if (value === '' || (cue && !hasCueBefore(text, start, cue)) || (accepts && !accepts(value))) continue;
      yield { start, end: start + value.length, type, certainty };
    }
  }
  return Object.assign((text: string) => (mayMatch(expression, text) ? find(text) : none), { certainty, needsDigit });
}

const none: readonly PatternMatch[] = [];

/** Whether `matchAll` finds anything. It copies the expression first, and most texts hold nothing. */
export function mayMatch(expression: RegExp, text: string): boolean {
  return text.search(expression) !== -1;
}

export function digitsOf(value: string): string {
  return value.replace(/\D/g, '');
}
