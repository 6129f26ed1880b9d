import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import { digitsOf, hasCueBefore, type Pattern, type PatternMatch } from './pattern.ts';

/** Where a number without a country code may come from, when nothing else says so. */
const regions: readonly CountryCode[] = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'JP', 'AU', 'IN', 'BR'];

/** Every group begins with a separator or a bracket: digits can be cut into groups in one way only. */
const form =
  /(?<![\p{L}\p{N}]|\d[.,/-])(?:\+ ?|00 ?)?(?:\(\+?\d{1,5}\)|\d{1,15})(?:[ .\u00b7/-]{1,3}(?:\(\d{1,5}\)|\d{1,14})|\(\d{1,5}\)|(?<=\))\d{1,14}){0,8}(?: ?(?:x|ext\.?|extension|#) ?\d{1,6})?(?![\p{L}\p{N}]|[.,/-]\d)/giu;

const cue =
  /(?:\b(?:phone|tel|telephone|mobile|mob|cell(?: ?phone)?|fax|call|calling|called|ring|dial|text|sms|whatsapp|hotline|contact|reach|answering|messages? to|my (?:new )?number|landline|telefon|tel[eé]fono|t[eé]l[eé]phone|telefono|handy|m[oó]vil|portable|cellulare|rufnummer)\b|電話|携帯|☎)/iu;

/** Cues for long numbers that are not phone numbers. */
const otherNumber =
  /\b(?:order|case|ticket|invoice|ref(?:erence)?|tracking|serial|sku|isbn|po|version|id|model|part|policy|claim|account|acct|card|ssn|vat)(?: ?(?:no|nr|number|#|id))?[.:# ]{0,3}$/i;

/** Numbers of any country with a country code, numbers of {@link regions} without one, and digits after a cue. */
export const phonePattern: Pattern = Object.assign(findPhones, { certainty: 'pattern', needsDigit: true } as const);

function* findPhones(text: string): Iterable<PatternMatch> {
  for (const match of text.matchAll(form)) {
    const { index: start } = match;
    const digits = digitsOf(match[0].replace(/(?:x|ext\.?|extension|#).*$/i, ''));
    if (digits.length < 6 || digits.length > 15 || isDateOrDecimal(match[0])) continue;
    const certainty = certaintyOf(text, start, match[0], digits);
    if (certainty) yield { start, end: start + match[0].length, type: 'PHONE', certainty };
  }
}

function certaintyOf(
  text: string,
  start: number,
  value: string,
  digits: string,
): PatternMatch['certainty'] | undefined {
  if (/^(?:\+|\(\+|00)/.test(value)) return isPossible(`+${digits.replace(/^00/, '')}`) ? 'pattern' : undefined;
  if (otherNumber.test(text.slice(Math.max(0, start - 30), start))) return undefined;
  if (hasCueBefore(text, start, cue)) return 'pattern';
  // Without a cue the way of writing must say that it is a phone number: groups or a trunk prefix.
  const grouped = /^\(\d{2,5}\)|^0\d{1,4}[ /.-]\d|^\d{3}([.-])\d{3}\1\d{4}|^\d{3} \d{3} \d{4}/.test(value);
  return grouped && regions.some((region) => parsePhoneNumberFromString(value, region)?.isValid())
    ? 'pattern'
    : undefined;
}

function isPossible(value: string): boolean {
  return parsePhoneNumberFromString(value)?.isPossible() ?? false;
}

function isDateOrDecimal(value: string): boolean {
  return /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|^\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?: \d{1,2})?$|^\d+[.,]\d+$/.test(value);
}
