import { digitsOf, pattern, type Pattern } from './pattern.ts';

/** Area 000 and 666, group 00 and serial 0000 are never issued (SSA). Areas from 900 belong to ITINs. */
function isIssued(value: string): boolean {
  return /^(?!000|666)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(digitsOf(value));
}

/** Groups that the IRS uses for ITINs. */
function isItin(value: string): boolean {
  return /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-2]|9[4-9])\d{4}$/.test(digitsOf(value));
}

const ssnCue = /\b(?:ssn|social(?: security)?(?: (?:number|no))?|soc\.? sec|tax(?:payer)? id)\b/i;
const itinCue = /\b(?:itin|individual taxpayer)\b/i;

const itin = pattern({
  type: 'US_ITIN',
  needsDigit: true,
  certainty: 'checked',
  expression: /(?<![\w-])9\d{2}([ -]?)\d{2}\1\d{4}(?![\w-])/g,
  cue: itinCue,
  accepts: isItin,
});

/** A dashed number of this form is a social security number or an ITIN nearly always, also one that was never issued. */
const dashed = pattern({
  type: 'US_SSN',
  needsDigit: true,
  certainty: 'checked',
  expression: /(?<![\w-])(?!000|666)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g,
});

const plain = pattern({
  type: 'US_SSN',
  needsDigit: true,
  certainty: 'pattern',
  expression: /(?<![\w-])\d{3}([ .]?)\d{2}\1\d{4}(?![\w-])/g,
  cue: ssnCue,
  accepts: isIssued,
});

/** Scanners read O for 0, l for 1, S for 5, B for 8. */
const scanned = pattern({
  type: 'US_SSN',
  needsDigit: true,
  certainty: 'pattern',
  expression: /(?<![\w-])[\dOoQlISsBZ]{3}-[\dOoQlISsBZ]{2}-[\dOoQlISsBZ]{4}(?![\w-])/g,
  accepts: (value) => /[A-Za-z]/.test(value) && digitsOf(value).length >= 4,
});

const lastFour = pattern({
  type: 'US_SSN',
  needsDigit: true,
  certainty: 'pattern',
  expression: /(?:\b(?:ssn|social)[^\n\d]{0,30}|(?:\*{3}|x{3})-(?:\*{2}|x{2})-)(?<value>\d{4})(?![\w-])/gi,
  group: 'value',
});

const license = pattern({
  type: 'DRIVER_LICENSE',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /\b(?:driver'?s?'?[ -]?licen[cs]e|driving[ -]licen[cs]e|licen[cs]e (?:number|no|#)|permis de conduire|f[üu]hrerschein(?:nummer)?|d\.?l\.?)[^\n\d]{0,24}?(?<![\w-])(?<value>[A-Z]{0,3}\d(?:[ -]?[A-Z0-9]){4,18})(?![\w])/gi,
  group: 'value',
  accepts: (value) => digitsOf(value).length >= 4,
});

const passport = pattern({
  type: 'PASSPORT',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /\b(?:passport|passeport|reisepass(?:nummer)?|pasaporte|passaporto|パスポート|旅券)[^\n\d]{0,24}?(?<![A-Za-z0-9])(?<value>[A-Z]{0,2}\d(?:[A-Z0-9]){4,9})(?![\w])/gi,
  group: 'value',
  accepts: (value) => digitsOf(value).length >= 4,
});

/** The two lines that a machine reads (ICAO 9303 part 4). */
const passportLines = pattern({
  type: 'PASSPORT',
  certainty: 'checked',
  expression:
    /(?<![\w<])(?:P[A-Z<][A-Z]{3}[A-Z<]{39}|[A-Z0-9<]{9}\d[A-Z]{3}\d{7}[MF<]\d{7}[A-Z0-9<]{14}\d{2})(?![\w<])/g,
});

const medical = pattern({
  type: 'MEDICAL_ID',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /\b(?:mrn|medical record(?: number| no)?|patient (?:id|number|no)|health (?:plan|insurance|card)(?: (?:id|number|no))?|member id|npi)[.:#= ]{0,4}(?:is )?(?<value>(?:mrn-?)?[A-Z]{0,4}-?\d[A-Z0-9-]{3,18})(?![\w])/gi,
  group: 'value',
});

export const usIdPatterns: readonly Pattern[] = [
  itin,
  dashed,
  plain,
  scanned,
  lastFour,
  license,
  passport,
  passportLines,
  medical,
];
