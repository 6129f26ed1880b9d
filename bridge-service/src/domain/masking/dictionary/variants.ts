import type { EntityType } from '../entityTypes.ts';
import { comparable } from '../text/normalise.ts';
import { isAmbiguousName, isNameParticle } from '../names/commonWords.ts';
import { wordsOf } from './words.ts';

/** One way in which a value may be written, as folded words. */
export interface Variant {
  readonly words: readonly string[];
  /** Only with a capital first letter: the word is an ordinary one as well. */
  readonly needsCapital: boolean;
  /** A part of the value, which more than one value may have. */
  readonly isPart: boolean;
}

/** The ways in which a record value may appear in running text. */
export function variantsOf(type: EntityType, value: string): readonly Variant[] {
  const words = wordsOf(comparable(value)).map(({ word }) => word);
  if (words.join('').length < 2) return [];
  const whole = { words, needsCapital: words.length === 1 && needsCapital(words.join('')), isPart: false };
  switch (type) {
    case 'PERSON':
      return [{ ...whole }, ...personVariants(words)];
    case 'ADDRESS':
      return [whole, ...linesOf(value)];
    case 'BIRTH_DATE':
      return [whole, ...dateVariants(value)];
    default:
      return [{ ...whole, needsCapital: false }];
  }
}

function needsCapital(word: string): boolean {
  return isAmbiguousName(word) || (word.length < 4 && /^[a-z]+$/.test(word));
}

function personVariants(words: readonly string[]): readonly Variant[] {
  const names = words.filter((word) => !isNameParticle(word));
  const first = names[0];
  const last = names.at(-1);
  if (first === undefined || last === undefined || names.length < 2) return [];
  const variant = (...form: string[]): Variant => ({ words: form, needsCapital: false, isPart: false });
  const initial = first.charAt(0);
  return [
    variant(last, first),
    variant(first, last),
    variant(first, last.charAt(0)),
    variant(initial, last),
    variant(last, initial),
    variant(names.join('')),
    variant(last + first),
    variant(initial + last),
    variant(first + last.charAt(0)),
    ...names.filter(isTelling).map((word) => ({ words: [word], needsCapital: needsCapital(word), isPart: true })),
  ].filter(({ words: form }) => form.join('').length > 2);
}

function isTelling(word: string): boolean {
  return word.length > 2 || /^[\p{Script=Han}\p{Script=Hangul}\p{Script=Katakana}]{2}$/u.test(word);
}

/** Each line of an address that is more than a word. */
function linesOf(value: string): readonly Variant[] {
  return value
    .split(/[\n\r,;]+/)
    .map((line) => wordsOf(comparable(line)).map(({ word }) => word))
    .filter((words) => words.length > 1)
    .map((words) => ({ words, needsCapital: false, isPart: true }));
}

const months = 'january february march april may june july august september october november december'.split(' ');

/** An ISO date as people write it. */
function dateVariants(value: string): readonly Variant[] {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})/.exec(value) ?? [];
  const name = months[Number(month) - 1];
  if (year === undefined || month === undefined || day === undefined || name === undefined) return [];
  const [m, d] = [String(Number(month)), String(Number(day))];
  const names = [name, name.slice(0, 3)];
  return [
    ...[month, m].flatMap((mm) =>
      [day, d].flatMap((dd) => [
        [dd, mm, year],
        [mm, dd, year],
        [year, mm, dd],
      ]),
    ),
    ...names.flatMap((word) =>
      [day, d].flatMap((dd) => [
        [dd, word, year],
        [word, dd, year],
      ]),
    ),
    [year + month + day],
  ].map((words) => ({ words, needsCapital: false, isPart: false }));
}
