import { pattern, type Pattern } from './pattern.ts';

const month =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|m[aä]rz|mai|juni|juli|okt|dez|janvier|f[ée]vrier|mars|avril|juin|juillet|ao[uû]t|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre|gennaio|febbraio|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre)[a-z]{0,6}\\.?';
const date = `(?:\\d{1,2}[./ -]\\d{1,2}[./ -]\\d{2,4}|\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}|${month} \\d{1,2}(?:st|nd|rd|th)?,? \\d{2,4}|\\d{1,2}(?:st|nd|rd|th|\\.)? (?:de |of )?${month},? (?:de )?\\d{2,4}|\\d{4}年\\d{1,2}月\\d{1,2}日)`;

/** Dates only after a cue: a date of birth identifies, other dates are what the work is about. */
const birthDate = pattern({
  type: 'BIRTH_DATE',
  needsDigit: true,
  certainty: 'pattern',
  expression: new RegExp(
    `(?:\\b(?:d\\.?o\\.?b\\b|date of birth|birth ?dates?|birth ?day|born|n[ée]e? le|geb(?:oren|\\.)?(?: am)?|geburtsdatum|date de naissance|fecha de nacimiento|nacid[oa]|data di nascita|nat[oa] il)|生年月日|誕生日)["')]{0,2} {0,2}(?:[:=]|is|was|on|el|le|il|am){0,2} {0,2}["'(]?(?<value>${date})(?!\\d)`,
    'gi',
  ),
  group: 'value',
});

export const birthDatePatterns: readonly Pattern[] = [birthDate];
