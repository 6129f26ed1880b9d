import type { Span } from '../text/span.ts';
import { mayMatch } from './pattern.ts';

/** Identifiers that patterns and the name detector take for people, phones and cards, and that name nobody. */
const forms: readonly RegExp[] = [
  // UUID
  /(?<![\w-])[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/gi,
  // Salesforce record id: object prefix, pod, reserved zero or letter, counter
  /(?<![A-Za-z0-9])(?=[A-Za-z0-9]{0,17}[A-Za-z])[A-Za-z0-9]{3}[A-Za-z0-9]{2}0{2}[A-Za-z0-9]{8}(?:[A-Z0-5]{3})?(?![A-Za-z0-9!])/g,
  // ISO 8601 date and time
  /(?<![\w-])\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\w-])/g,
  // version
  /(?<![\w.])v\d{1,4}(?:\.\d{1,5}){1,3}(?![\w.])/gi,
  // case, order and ticket numbers by their label
  /\b(?:case|order|ticket|invoice|incident|work ?order|contract|quote|opportunity|tracking|po|sku|rma)(?: ?(?:no|nr|number|#|id))?\.?[:# ]{1,3}#?[A-Z]{0,5}-?\d[\d-]{2,18}(?![\w])/gi,
];

/** What no pattern and no name detector may touch. A value that the org named is masked all the same. */
export function protectedSpans(text: string): readonly Span[] {
  return forms
    .filter((form) => mayMatch(form, text))
    .flatMap((form) =>
      Array.from(text.matchAll(form), (match) => ({ start: match.index, end: match.index + match[0].length })),
    );
}
