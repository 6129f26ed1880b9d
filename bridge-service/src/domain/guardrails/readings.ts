import { encodedRuns, withoutEscapes } from '../masking/text/encodings.ts';
import { folded, normalise } from '../masking/text/normalise.ts';

/**
 * The ways in which a model may read a text: normalised and folded, with white space collapsed; with escapes
 * undone; what base64 and hexadecimal runs in it say.
 */
export function readingsOf(text: string): readonly string[] {
  const texts = [text, withoutEscapes(text)?.text, ...encodedRuns(text).map(({ decoded }) => decoded)];
  return texts.flatMap((each) => (each === undefined ? [] : [folded(normalise(each).text).replace(/\s+/g, ' ')]));
}
