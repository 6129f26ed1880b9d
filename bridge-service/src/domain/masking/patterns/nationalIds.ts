import { stdnum } from 'stdnum';
import type { EntityType } from '../entityTypes.ts';
import { pattern, type Pattern } from './pattern.ts';

interface NationalNumber {
  readonly type: EntityType;
  /** Bounded; word boundaries are added. */
  readonly form: string;
  readonly isValid: (value: string) => boolean;
  /** Needed where the form is digits only: one digit string in ten or so passes a checksum by chance. */
  readonly cue?: RegExp;
}

const taxCue =
  /\b(?:tax|tin|vat|steuer|steuer-?id|idnr|ust-?id|nif|nipc|fiscal|cpf|cnpj|cuit|cuil|rut|tfn|abn|ird|pan|siren|siret|contribuinte|btw)\b/i;
const idCue =
  /\b(?:national|identity|identification|id|ident|citizen|personal|social|insurance|pension|health|nhs|sin|bsn|nir|insee|pesel|cpr|rut|rrn|egn|oib|ahv|avs|svnr|sozialversicherung|my ?number|aadhaar|uidai|tckn|kimlik|kennitala|personnummer|f[øo]dselsnummer|rijksregister|registre national|s[ée]curit[ée] sociale)\b/i;

/** Numbers that a country gives to a person or a business, checked by `stdnum`. */
const numbers: readonly NationalNumber[] = [
  // Forms that are unmistakable: letters or a date beside the check digit.
  { type: 'NATIONAL_ID', form: '[A-Za-z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-Da-d]', isValid: isNino },
  {
    type: 'NATIONAL_ID',
    form: '[XYZxyz]?-?\\d{7,8}-?[A-Za-z]',
    isValid: any(() => [stdnum['ES']?.['dni'], stdnum['ES']?.['nie']]),
  },
  {
    type: 'NATIONAL_ID',
    form: '[A-Za-z]{6}[0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{2}[A-Za-z][0-9A-Za-z]{3}[A-Za-z]',
    isValid: of('IT', 'codicefiscale'),
  },
  { type: 'NATIONAL_ID', form: '[A-Z]{4}\\d{6}[HMX][A-Z]{5}[0-9A-Z]\\d', isValid: of('MX', 'curp') },
  { type: 'NATIONAL_ID', form: '\\d{17}[\\dXx]', isValid: of('CN', 'ric') },
  { type: 'NATIONAL_ID', form: '\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]', isValid: of('FI', 'hetu') },
  { type: 'NATIONAL_ID', form: '756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}', isValid: of('CH', 'ssn') },
  {
    type: 'NATIONAL_ID',
    form: '[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[ABab]) ?\\d{3} ?\\d{3} ?\\d{2}',
    isValid: of('FR', 'nir'),
  },
  {
    type: 'NATIONAL_ID',
    form: '\\d{6}[-+]\\d{4}',
    isValid: any(() => [stdnum['SE']?.['personnummer'], stdnum['DK']?.['cpr']]),
  },
  { type: 'NATIONAL_ID', form: '\\d{6}-[1-8]\\d{6}', isValid: of('KR', 'rrn') },
  { type: 'NATIONAL_ID', form: '\\d{2}\\.\\d{2}\\.\\d{2}-\\d{3}\\.\\d{2}', isValid: of('BE', 'nn') },
  { type: 'NATIONAL_ID', form: '[SFTGMsftgm]\\d{7}[A-Za-z]', isValid: isNric },
  { type: 'TAX_ID', form: '\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', isValid: of('BR', 'cpf') },
  { type: 'TAX_ID', form: '\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}', isValid: of('BR', 'cnpj') },
  { type: 'TAX_ID', form: '\\d{1,2}\\.?\\d{3}\\.?\\d{3}-[\\dKk]', isValid: of('CL', 'rut') },
  { type: 'TAX_ID', form: '\\d{2}-\\d{8}-\\d', isValid: of('AR', 'cuit') },
  { type: 'TAX_ID', form: '[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]', isValid: of('IN', 'pan') },
  { type: 'TAX_ID', form: '\\d{7}[A-Wa-w][A-IWa-iw]?', isValid: of('IE', 'pps'), cue: /\bpps/i },
  // Digits only.
  { type: 'NATIONAL_ID', form: '\\d{3}[ -]?\\d{3}[ -]?\\d{4}', isValid: isNhs, cue: /\bnhs\b/i },
  {
    type: 'NATIONAL_ID',
    form: '\\d{3}[ -]?\\d{3}[ -]?\\d{3}',
    isValid: any(() => [
      stdnum['CA']?.['sin'],
      stdnum['NL']?.['bsn'],
      stdnum['PT']?.['nif'],
      stdnum['AU']?.['tfn'],
      stdnum['NZ']?.['ird'],
    ]),
    cue: either(idCue, taxCue),
  },
  {
    type: 'NATIONAL_ID',
    form: '\\d{4} ?\\d{4} ?\\d{4}',
    isValid: any(() => [stdnum['IN']?.['aadhaar'], stdnum['JP']?.['cn']]),
    cue: idCue,
  },
  {
    type: 'NATIONAL_ID',
    form: '\\d{4} ?\\d{4} ?\\d{4}',
    isValid: isMyNumber,
    cue: /my ?number|個人番号|マイナンバー/i,
  },
  {
    type: 'NATIONAL_ID',
    form: '\\d{11}',
    isValid: any(() => [
      stdnum['PL']?.['pesel'],
      stdnum['NO']?.['fodselsnummer'],
      stdnum['TR']?.['tckimlik'],
      stdnum['BE']?.['nn'],
      stdnum['DE']?.['idnr'],
      stdnum['HR']?.['oib'],
      stdnum['BR']?.['cpf'],
      stdnum['EE']?.['ik'],
      stdnum['LT']?.['asmens'],
    ]),
    cue: either(idCue, taxCue),
  },
  { type: 'NATIONAL_ID', form: '\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}', isValid: of('DE', 'idnr'), cue: taxCue },
  { type: 'NATIONAL_ID', form: '\\d{6} ?\\d{5}', isValid: of('NO', 'fodselsnummer'), cue: idCue },
  {
    type: 'NATIONAL_ID',
    form: '\\d{4} ?\\d{6}',
    isValid: any(() => [
      stdnum['AT']?.['vnr'],
      stdnum['DK']?.['cpr'],
      stdnum['SE']?.['personnummer'],
      stdnum['BG']?.['egn'],
    ]),
    cue: idCue,
  },
  {
    type: 'NATIONAL_ID',
    form: '\\d{9,13}',
    isValid: any(() => [stdnum['IL']?.['idnr'], stdnum['ZA']?.['idnr'], stdnum['TH']?.['idnr'], stdnum['RO']?.['cnp']]),
    cue: idCue,
  },
  {
    type: 'TAX_ID',
    form: '\\d{2,3}[ -]?\\d{3}[ -]?\\d{3}[ -]?\\d{0,3}',
    isValid: any(() => [stdnum['AU']?.['abn'], stdnum['FR']?.['siren'], stdnum['PL']?.['nip']]),
    cue: taxCue,
  },
  {
    type: 'TAX_ID',
    form: '(?:AT|BE|DE|DK|ES|FI|FR|GB|IE|IT|NL|PL|PT|SE|CZ|GR|EL|HU|RO|SK|SI|LU|HR|BG|LT|LV|EE|CY|MT)[ -]?[0-9A-Z]{2}[ ]?[0-9A-Z]{5,10}',
    isValid: () => true,
    cue: /\b(?:vat|ust-?id(?:nr)?|tva|iva|btw|moms)\b/i,
  },
  {
    type: 'TAX_ID',
    form: '\\d{2}-\\d{7}',
    isValid: of('US', 'ein'),
    cue: /\b(?:ein|employer identification|fein|tax id)\b/i,
  },
];

export const nationalIdPatterns: readonly Pattern[] = numbers.map(({ type, form, isValid, cue }) =>
  pattern({
    type,
    certainty: cue ? 'pattern' : 'checked',
    expression: new RegExp(`(?<![\\w]|\\d[.,-])(?:${form})(?![\\w]|[.,-]\\d)`, 'g'),
    accepts: isValid,
    ...(cue ? { cue } : {}),
    // Where a form has a digit, it must: none of them is in an alternative or optional.
    ...(form.includes('\\d') ? { needsDigit: true } : {}),
  }),
);

interface Validator {
  validate(value: string): { readonly isValid: boolean };
}

function of(country: string, number: string): (value: string) => boolean {
  return any(() => [stdnum[country]?.[number]]);
}

function any(validators: () => readonly (Validator | undefined)[]): (value: string) => boolean {
  return (value) =>
    // A validator makes an error of each value that it refuses, so none is asked twice.
    [...new Set([value, value.replace(/[ ./-]/g, '')])].some((form) =>
      validators().some((validator) => validator?.validate(form).isValid),
    );
}

function either(a: RegExp, b: RegExp): RegExp {
  return new RegExp(`${a.source}|${b.source}`, 'i');
}

/** National Insurance number: no check digit, but several prefixes that are never given (HMRC). */
function isNino(value: string): boolean {
  return /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(
    value.replace(/ /g, '').toUpperCase(),
  );
}

/** NHS number: weights 10 to 2, modulo 11. */
function isNhs(value: string): boolean {
  return isMod11(value.replace(/\D/g, ''), [10, 9, 8, 7, 6, 5, 4, 3, 2]);
}

/** My Number of Japan: weights 6 to 2, then 7 to 2, modulo 11; a check value of 10 or 11 is written 0. */
function isMyNumber(value: string): boolean {
  return isMod11(value.replace(/\D/g, ''), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 0);
}

function isMod11(digits: string, weights: readonly number[], ten?: number): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits.charAt(index)), 0);
  const check = (11 - (sum % 11)) % 11;
  return (check === 10 && ten !== undefined ? ten : check) === Number(digits.charAt(weights.length));
}

/** National registration identity card of Singapore: weights 2 7 6 5 4 3 2, a letter by series. */
function isNric(value: string): boolean {
  const text = value.toUpperCase();
  const series = text.charAt(0);
  const sum = [2, 7, 6, 5, 4, 3, 2].reduce(
    (total, weight, index) => total + weight * Number(text.charAt(index + 1)),
    0,
  );
  const offset = series === 'T' || series === 'G' ? 4 : series === 'M' ? 3 : 0;
  const letters = /[ST]/.test(series) ? 'JZIHGFEDCBA' : series === 'M' ? 'KLJNPQRTUWX' : 'XWUTRQPNMLK';
  const at = (sum + offset) % 11;
  return letters.charAt(series === 'M' ? 10 - at : at) === text.charAt(8);
}
