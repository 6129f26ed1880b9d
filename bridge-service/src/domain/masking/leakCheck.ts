import { checkedFinder, findIn, read } from './detect.ts';
import type { RecordDictionary } from './dictionary/recordDictionary.ts';
import type { EntityType } from './entityTypes.ts';
import { isCardNumber } from './patterns/payment.ts';
import { withoutEscapes } from './text/encodings.ts';
import { normalise } from './text/normalise.ts';

/**
 * Types of values that can still be read in a text that is about to leave: values of the dictionary in any
 * case, spacing and separators, checksummed patterns, card numbers however they are grouped; each also in
 * base64, hexadecimal, percent and JSON escapes. Guesses are no leak: masking guesses, the check knows.
 *
 * @param texts without the tokens of the conversation
 */
export function findLeaks(
  texts: readonly string[],
  dictionary: RecordDictionary,
  isKept: (type: EntityType) => boolean,
): readonly EntityType[] {
  const text = texts.join(boundary);
  const reading = read(text);
  const checked = findIn(reading, checkedFinder).map(({ type }) => type);
  const recorded = findIn(reading, (view) => dictionary.find(view)).map(({ type }) => type);
  const seen = reading.views.at(-1)?.text ?? '';
  return [
    ...recorded,
    ...texts.flatMap((each) => dictionary.squeezed(readableForm(each))),
    ...[...checked, ...(hasSpacedCard(seen) ? (['CREDIT_CARD'] as const) : [])].filter((type) => !isKept(type)),
  ];
}

/** Most texts are single words, so they are looked through as one; nothing is a value across this. */
const boundary = '\n\n\u0000\n\n';

function readableForm(text: string): string {
  return normalise(withoutEscapes(text)?.text ?? text).text;
}

/** Sixteen digits with anything but letters and digits between them. */
function hasSpacedCard(text: string): boolean {
  return Array.from(text.matchAll(/(?<![\p{L}\p{N}])(?:\d[^\p{L}\p{N}\n]{0,3}){15}\d(?![\p{L}\p{N}])/gu)).some(
    ([run]) => isCardNumber(run.replace(/\D/g, '')),
  );
}
