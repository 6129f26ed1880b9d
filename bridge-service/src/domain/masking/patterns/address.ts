import { pattern, type Pattern } from './pattern.ts';

const suffix =
  '(?:street|st|avenue|ave?|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|circle|cir|way|place|pl|square|sq|terrace|ter|parkway|pkwy|highway|hwy|trail|trl|close|crescent|cres|grove|gardens|mews|row|alley|plaza|loop|turnpike|pike|crossing|ridge|heights|hill|point|quay|wharf|walk)';
const word = "[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'.-]{0,30}";
const unit = '(?:,? ?(?:apt|apartment|suite|ste|unit|floor|fl|room|rm|#)\\.? ?#?[\\w-]{1,6})?';
const states =
  '(?:A[KLRZAEP]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY])';

/** House number, up to four words, a word for a street. */
const english = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression: new RegExp(
    `(?<![\\p{L}\\p{N}.,$€£-])\\d{1,6}[A-Za-z]?,? (?:${word} ){1,4}?${suffix}\\b\\.?(?: (?:NE|NW|SE|SW|N|S|E|W)\\b)?${unit}`,
    'giu',
  ),
  accepts: (value) =>
    /\p{Lu}/u.test(value) &&
    !/^\d+(?:st|nd|rd|th|am|pm)\b/i.test(value) &&
    !/ (?:hours?|minutes?|days?|people|of|the|and|in|is) /i.test(value),
});

/** Hauptstraße 5; Am Markt 3; Kerkstraat 12; Storgatan 4. */
const germanic = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /(?<![\p{L}])(?:\p{Lu}[\p{L}.-]{0,20} )?\p{Lu}?[\p{L}.-]{1,30}(?:stra(?:ß|ss)e|str\.|[Ss]tr\.|weg|platz|allee|gasse|ring|ufer|damm|straat|laan|plein|gracht|gatan|v[äa]gen|gata|vej|gade|veien|vegen|katu|tie|utca|ulice) ?\d{1,4}(?: ?[a-z]\b|-\d{1,4})?/gu,
});

/** 12 rue de la Paix; Calle Mayor 5; Via Roma 7; ul. Polna 3. */
const romance = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression: new RegExp(
    `(?<![\\p{L}\\p{N}])(?:\\d{1,5}(?: ?(?:bis|ter))?,? )?(?:rue|avenue|av\\.?|boulevard|bd\\.?|place|chemin|all[ée]e|quai|impasse|route|calle|c/|avenida|avda\\.?|plaza|paseo|via|viale|piazza|corso|vicolo|largo|rua|travessa|ul\\.|ulica|al\\.|os\\.|plac) (?:(?:de|des|du|del|della|delle|dei|la|las|los|le|les|el|da|do|dos|das|l'|d')[ ]?){0,3}(?:\\p{Lu}[\\p{L}\\p{M}'.-]{0,30})(?: (?:de |la |del )?\\p{Lu}[\\p{L}\\p{M}'.-]{0,30}){0,3}(?:,? ?(?:n[.º°]? ?)?\\d{1,5}[a-z]?)?`,
    'giu',
  ),
  accepts: (value) => /\d/.test(value) && /\p{Lu}/u.test(value.slice(4)),
});

/** What follows "lives at" and has a number in it, up to the end of the clause. */
const cued = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /(?<![\p{L}])(?:(?:(?:home|postal|mailing|billing|shipping|delivery|street|new|old)[ _-])?address(?: is| with| to)?|lives? at|living at|resid(?:es|ing) at|located at|delivered to|shipped to|moved to|wohnhaft in|habite au|vive en)["']? ?[:=]? ?["']?\n? {0,4}(?<value>[^\n.?!;:"<>@()]{0,24}\d[^\n.?!;:"<>@()]{3,60})/giu,
  group: 'value',
  accepts: (value) => /\p{L}{3}/u.test(value),
});

const unitOnly = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression: /(?<![\p{L}])(?:apt|apartment|suite|ste)\.? #?\d{1,5}[A-Za-z]?(?![\p{L}\p{N}])/giu,
});

const postBox = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /(?<![\p{L}])(?:p\.? ?o\.? ?box|post(?:al)? box|postfach|bo[iî]te postale|apartado(?: de correos)?|psc|unit|cmr) ?#?\d{1,6}(?:,? box \d{1,6})?(?:[\s,]{1,3}[AFD]PO,? A[AEP] \d{5})?/giu,
  accepts: (value) => !/^unit \d+$/i.test(value),
});

const militaryPost = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'checked',
  expression: /(?:(?<![\p{L}])USN[SV] \p{L}{2,20}[\s,]{1,3})?\b[AFD]PO,? A[AEP] \d{5}(?:-\d{4})?/gu,
});

/** City, ST 12345. */
const cityStateZip = pattern({
  type: 'ADDRESS',
  needsDigit: true,
  certainty: 'pattern',
  expression: new RegExp(
    `(?<![\\p{L}])\\p{Lu}[\\p{L}.'-]{1,25}(?: \\p{Lu}[\\p{L}.'-]{1,25}){0,2}[\\s,]{1,3}${states},? {1,2}\\d{5}(?:-\\d{4})?(?!\\d)`,
    'gu',
  ),
});

const ukPostcode = pattern({
  type: 'POSTCODE',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /(?<![\p{L}\p{N}])(?:GIR ?0AA|[A-PR-UWYZ](?:\d{1,2}|[A-HK-Y]\d|[A-HK-Y]\d\d|\d[A-HJKPS-UW]|[A-HK-Y]\d[ABEHMNPRV-Y]) ?\d[ABD-HJLNP-UW-Z]{2})(?![\p{L}\p{N}])/gu,
});

const canadianPostcode = pattern({
  type: 'POSTCODE',
  needsDigit: true,
  certainty: 'pattern',
  expression: /(?<![\p{L}\p{N}])[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][ -]?\d[ABCEGHJ-NPRSTV-Z]\d(?![\p{L}\p{N}])/gu,
});

const zip = pattern({
  type: 'POSTCODE',
  needsDigit: true,
  certainty: 'pattern',
  expression:
    /\b(?:zip(?: ?code)?|post(?:al)? ?code|plz|cap|code postal|c[óo]digo postal|cep)\b[^\n\p{L}\p{N}]{0,4}(?:is |: ?)?(?<value>\p{Lu}{0,2}-?\d[\d -]{2,8}\d(?: \p{Lu}{2})?)(?![\p{L}\p{N}])/giu,
  group: 'value',
});

export const addressPatterns: readonly Pattern[] = [
  english,
  germanic,
  romance,
  cued,
  unitOnly,
  postBox,
  militaryPost,
  cityStateZip,
  ukPostcode,
  canadianPostcode,
  zip,
];
