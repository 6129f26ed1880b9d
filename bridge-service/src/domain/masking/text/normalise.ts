import { hasMixedLookAlikes, latinLookAlike } from './lookAlikes.ts';
import { MappedTextBuilder, type MappedText } from './mappedText.ts';

/** Format characters, soft hyphen, variation selectors, fillers and tag characters: they show nothing and split words. */
const invisible =
  /\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u2800|\u3164|\uffa0|[\u180b-\u180f]|[\ufe00-\ufe0f]|[\u{e0100}-\u{e01ef}]/u;

/** More marks than this on one letter are noise, and sorting them (NFKC) is not linear. */
const maxMarks = 8;

/**
 * What a reader sees: invisible characters out, NFKC per letter with its marks, every decimal digit as ASCII,
 * each kind of space as a space, look-alikes in mixed-script words as Latin. Detection reads this form, masking
 * replaces the original.
 */
export function normalise(text: string): MappedText {
  if (isPlain(text)) return { text, original: (span) => span };
  const visible = compatible(text);
  const latin = foldMixedWords(visible.text);
  return latin === visible.text ? visible : { text: latin, original: (span) => visible.original(span) };
}

/** Nearly all text is ASCII: each character stands for itself. */
function isPlain(text: string): boolean {
  return /^\p{ASCII}*$/u.test(text);
}

function compatible(text: string): MappedText {
  const builder = new MappedTextBuilder();
  let cluster = '';
  let marks = 0;
  let start = 0;
  let end = 0;
  const flush = () => {
    builder.append(plain(cluster), start, end);
    cluster = '';
  };
  let position = 0;
  for (const character of text) {
    const next = position + character.length;
    if (!invisible.test(character)) {
      if (cluster !== '' && /\p{M}/u.test(character)) {
        if (marks++ < maxMarks) cluster += character;
      } else {
        flush();
        cluster = character;
        marks = 0;
        start = position;
      }
      end = next;
    }
    position = next;
  }
  flush();
  return builder.build();
}

function plain(cluster: string): string {
  if (isPlain(cluster)) return cluster;
  if (/^[\p{Zs}\u2028\u2029\u0085]$/u.test(cluster)) return ' ';
  if (/^\p{Pd}$/u.test(cluster)) return '-';
  return cluster.normalize('NFKC').replace(/\p{Nd}/gu, asciiDigit);
}

/** Unicode's decimal digits come in runs of ten that begin at a code ending in 0 or 6. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const low = code % 16;
  const startsAtZero = low < 6 || (low < 10 && /\p{Nd}/u.test(String.fromCodePoint(code - low)));
  return String(startsAtZero ? low : low - 6);
}

/** Folds look-alikes in words that mix them with Latin letters. The length stays. */
function foldMixedWords(text: string): string {
  return text.replace(/[\p{L}\p{M}\p{N}._%+-]+/gu, (word) =>
    hasMixedLookAlikes(word) ? Array.from(word, (character) => latinLookAlike(character) ?? character).join('') : word,
  );
}

/** Lower case without marks: two spellings of one name compare equal. Maps back to the given text. */
export function foldCase(text: string): MappedText {
  if (isPlain(text)) return { text: text.toLowerCase(), original: (span) => span };
  const builder = new MappedTextBuilder();
  let position = 0;
  for (const character of text) {
    const next = position + character.length;
    const folded = /[ -~]/.test(character) ? character.toLowerCase() : foldLetter(character);
    builder.append(folded, position, next);
    position = next;
  }
  return builder.build();
}

function foldLetter(character: string): string {
  const letter = special.get(character) ?? character;
  return letter.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '');
}

/** Letters that have a plain spelling but no decomposition. */
const special = new Map([
  ['ß', 'ss'],
  ['ẞ', 'ss'],
  ['ø', 'o'],
  ['Ø', 'o'],
  ['đ', 'd'],
  ['Đ', 'd'],
  ['ł', 'l'],
  ['Ł', 'l'],
  ['æ', 'ae'],
  ['Æ', 'ae'],
  ['œ', 'oe'],
  ['Œ', 'oe'],
  ['ı', 'i'],
  ['ħ', 'h'],
  ['ð', 'd'],
  ['þ', 'th'],
]);

/** The folded text alone, see {@link foldCase}. */
export function folded(text: string): string {
  return /^[ -~]*$/.test(text) ? text.toLowerCase() : foldCase(text).text;
}

/** {@link normalise}, then {@link folded}: what two spellings of one value have in common. */
export function comparable(text: string): string {
  return folded(normalise(text).text);
}
