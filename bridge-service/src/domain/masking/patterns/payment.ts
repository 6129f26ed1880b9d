import { isAbaRouting, isLuhn, isMod97 } from './checksums.ts';
import { digitsOf, hasCueBefore, pattern, type Pattern } from './pattern.ts';

/** Leading digits of the card schemes and the lengths that each issues. */
const schemes: readonly { readonly prefix: RegExp; readonly lengths: readonly number[] }[] = [
  { prefix: /^4/, lengths: [13, 16, 19] },
  { prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { prefix: /^3[47]/, lengths: [15] },
  { prefix: /^(?:6011|64[4-9]|65|62|81)/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:30[0-5]|309|36|38|39)/, lengths: [14, 16, 19] },
  { prefix: /^35(?:2[89]|[3-8])/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:2131|1800)/, lengths: [15] },
  { prefix: /^220[0-4]/, lengths: [16, 17, 18, 19] },
  { prefix: /^(?:50|5[6-9]|6[0379])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
];

/** Whether digits are a card number: a scheme issues this beginning and length, and the Luhn digit fits. */
export function isCardNumber(digits: string): boolean {
  return (
    schemes.some(({ prefix, lengths }) => prefix.test(digits) && lengths.includes(digits.length)) && isLuhn(digits)
  );
}

const cardForm = /(?<![\w]|\d[.,-])\d(?:[ .\u00b7-]{0,2}\d){11,18}(?![\w])/g;

const card = pattern({
  type: 'CREDIT_CARD',
  needsDigit: true,
  certainty: 'checked',
  expression: cardForm,
  accepts: (value) => isCardNumber(digitsOf(value)),
});

/** A mistyped card number is still one when it is called a card. */
const namedCard = pattern({
  type: 'CREDIT_CARD',
  needsDigit: true,
  certainty: 'pattern',
  expression: cardForm,
  cue: /\b(?:card|cc|visa|master ?card|amex|american express|maestro|discover|carte|tarjeta|karte|kreditkarte|carta)\b/i,
  accepts: (value) => digitsOf(value).length >= 13,
});

const securityCode = pattern({
  type: 'CREDIT_CARD',
  needsDigit: true,
  certainty: 'pattern',
  expression: /\b(?:cvv2?|cvc2?|security code|card code)\b["']? {0,2}(?:[:=#]|is)? {0,2}(?<value>\d{3,4})(?!\d)/gi,
  group: 'value',
});

/** Length of an IBAN by country (SWIFT IBAN registry). */
const ibanLengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ' +
    'ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 ' +
    'LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 ' +
    'PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

/** What follows an IBAN may look like its continuation, so that its length is taken from its country. */
function* iban(text: string): ReturnType<Pattern> {
  for (const match of text.matchAll(/(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?=[ -]?[A-Z0-9])/giu)) {
    const length = ibanLengths[match[0].slice(0, 2).toUpperCase()];
    if (length === undefined) continue;
    const [value] = /^[A-Z0-9](?:[ -]?[A-Z0-9])*/i.exec(text.slice(match.index, match.index + 2 * length)) ?? [''];
    let end = 0;
    for (let count = 0; end < value.length && count < length; end++) if (/[A-Z0-9]/i.test(value.charAt(end))) count++;
    const plain = value.slice(0, end).replace(/[ -]/g, '').toUpperCase();
    const followed = /^[\p{L}\p{N}]/u.test(text.slice(match.index + end));
    if (plain.length !== length || followed) continue;
    const start = match.index;
    if (isMod97(plain)) yield { start, end: start + end, type: 'IBAN', certainty: 'checked' };
    else if (hasCueBefore(text, start, /\biban\b/i))
      yield { start, end: start + end, type: 'IBAN', certainty: 'pattern' };
  }
}

const routing = pattern({
  type: 'BANK_ACCOUNT',
  needsDigit: true,
  certainty: 'pattern',
  expression: /(?<![\w-])\d{9}(?![\w-])/g,
  cue: /\b(?:routing|aba|rtn)\b/i,
  accepts: isAbaRouting,
});

const account = pattern({
  type: 'BANK_ACCOUNT',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /\b(?:(?:bank|checking|savings?|deposit|current|account|acct|acc|a\/c|konto|compte|cuenta|conto)[ .]{0,2}(?:account|acct|number|nummer|no|num|nr|#|n°)?|sort code)[."']{0,2} {0,2}(?:[:=#]|is|ending in|ending)? {0,2}(?<value>\d(?:[ -]?\d){3,19})(?![\w])/gi,
  group: 'value',
  accepts: (value) => digitsOf(value).length >= 6 || value.includes('-'),
});

const swift = pattern({
  type: 'BANK_ACCOUNT',
  certainty: 'pattern',
  expression: /(?<![\w])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![\w])/g,
  cue: /\b(?:swift|bic)\b/i,
});

export const paymentPatterns: readonly Pattern[] = [
  card,
  namedCard,
  securityCode,
  Object.assign(iban, { needsDigit: true }),
  routing,
  account,
  swift,
];
