import type { Detection } from '../detection.ts';
import { folded } from '../text/normalise.ts';
import type { Span } from '../text/span.ts';
import { isAmbiguousName, isNameParticle } from './commonWords.ts';
import { isFamilyName, isGivenName } from './lexicon.ts';
import type { NameDetector } from './nameDetector.ts';
import { cuedNames } from './cues.ts';
import { isOrdinary } from './ordinaryWords.ts';

interface Word extends Span {
  readonly text: string;
  readonly folded: string;
  readonly isCapital: boolean;
}

/** A word of a name, or an initial with its dot. */
const nameWord =
  /(?<![\p{L}\p{N}_])(?:\p{Lu}\.(?=[ \p{Lu}])|\p{L}[\p{L}\p{M}]{0,30}(?:['’-]\p{L}[\p{L}\p{M}]{0,30}){0,3})(?![\p{L}\p{N}_])/gu;

/** More words than this are a list of names or a title. */
const maxWords = 5;

/**
 * The first detector: lists of common names, capitals and cues. It knows what its lists know: rare, foreign and
 * lower-case names without a cue stay readable. See README.md for its figures.
 */
export const lexiconDetector: NameDetector = {
  id: 'lexicon',
  find: (text) =>
    [...namesOfLists(text), ...cuedNames(text)].map((span): Detection => ({
      ...span,
      type: 'PERSON',
      certainty: 'name',
    })),
};

function namesOfLists(text: string): readonly Span[] {
  return runsOf(wordsIn(text), text).flatMap(namesInRun);
}

function wordsIn(text: string): readonly Word[] {
  return Array.from(text.matchAll(nameWord), (match) => ({
    text: match[0],
    folded: folded(match[0]).replace(/['’.]/g, ''),
    isCapital: /^\p{Lu}/u.test(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Words with nothing but a space between them. */
function runsOf(words: readonly Word[], text: string): readonly (readonly Word[])[] {
  const runs: Word[][] = [];
  for (const word of words) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (run && last && /^ {1,2}$/.test(text.slice(last.end, word.start))) run.push(word);
    else runs.push([word]);
  }
  return runs;
}

function namesInRun(run: readonly Word[]): readonly Span[] {
  const names: Span[] = [];
  for (let index = 0; index < run.length;) {
    const end = endOfName(run, index);
    const [first, last] = [run[index], run[end - 1]];
    if (first && last && end > index) names.push({ start: first.start, end: last.end });
    index = Math.max(end, index + 1);
  }
  return names;
}

/** Index after the last word of a name that begins at `index`; `index` if none does. */
function endOfName(run: readonly Word[], index: number): number {
  const first = run[index];
  if (!first || isNameParticle(first.folded) || isOrdinary(first.folded)) return index;
  const [given] = first.folded.split('-');
  const isGiven = isGivenName(first.folded) || (given !== undefined && isGivenName(given));
  if (!first.isCapital && !isGiven) return index;
  const end = extent(run, index);
  const rest = run.slice(index + 1, end);
  const hasFamily = rest.some(isKnown);
  if (!first.isCapital) return isPlain(first) && hasFamily && rest.every(isPlain) ? end : index;
  if (isGiven && isPlain(first)) return end;
  if (rest.length === 0) return isFamilyName(first.folded) && isPlain(first) ? end : index;
  // "Krisztián Szöllösy": marked letters are rare in English words, and two such words in a row rarer
  if (rest.length < 3 && [first, ...rest].filter(isForeign).length > 1) return end;
  // "Rose Miller", "J. Smith", "Okonkwo Martinez": an unsure word beside a sure one
  return hasFamily && (isGiven || isAmbiguousName(first.folded) || rest.some(isPlain)) ? end : index;
}

function isKnown({ folded: word }: Word): boolean {
  return isGivenName(word) || isFamilyName(word) || word.split('-').some(isFamilyName);
}

function isForeign({ text }: Word): boolean {
  return /[^ -~’]/.test(text);
}

function isPlain({ folded }: Word): boolean {
  return !isAmbiguousName(folded);
}

/** A name goes on over capitals, particles and initials; a lower-case one over one more name. */
function extent(run: readonly Word[], index: number): number {
  const first = run[index];
  if (first && !first.isCapital) {
    const next = run[index + 1];
    return next && !next.isCapital && (isFamilyName(next.folded) || isGivenName(next.folded)) ? index + 2 : index + 1;
  }
  let end = index + 1;
  for (let at = index + 1; at < Math.min(run.length, index + maxWords); at++) {
    const word = run[at];
    if (!word || (word.isCapital && isOrdinary(word.folded))) break;
    if (word.isCapital) end = at + 1;
    else if (!isNameParticle(word.folded) || word.folded === 'the') break;
  }
  return end;
}
