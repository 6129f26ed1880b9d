/**
 * Letters of other scripts that look like a Latin one: Cyrillic, Greek, Armenian and Latin extensions that NFKC
 * leaves alone. Chosen by eye; not the whole of Unicode's confusables.
 */
const lookAlikes: Readonly<Record<string, string>> = {
  a: 'аαɑ',
  c: 'сϲ',
  d: 'ԁ',
  e: 'еєε',
  g: 'ɡց',
  h: 'һհ',
  i: 'іιıɩ',
  j: 'јϳ',
  k: 'кκ',
  l: 'ӏ',
  m: 'м',
  n: 'ոη',
  o: 'оοօ',
  p: 'рρ',
  q: 'ԛ',
  s: 'ѕ',
  t: 'тτ',
  u: 'υս',
  v: 'ѵν',
  w: 'ԝѡ',
  x: 'хχ',
  y: 'уγү',
  z: 'ᴢ',
  A: 'АΑ',
  B: 'ВΒ',
  C: 'СϹ',
  E: 'ЕΕ',
  G: 'Ԍ',
  H: 'НΗ',
  I: 'ІΙӀ',
  J: 'ЈͿ',
  K: 'КΚ',
  M: 'МΜ',
  N: 'Ν',
  O: 'ОΟՕ',
  P: 'РΡ',
  S: 'Ѕ',
  T: 'ТΤ',
  U: 'Ս',
  W: 'Ԝ',
  X: 'ХΧ',
  Y: 'УΥҮ',
  Z: 'Ζ',
};

const latin = new Map(
  Object.entries(lookAlikes).flatMap(([letter, others]) => Array.from(others, (other) => [other, letter] as const)),
);

/** The Latin letter that a character looks like; undefined if it is not a look-alike. Both have one UTF-16 unit. */
export function latinLookAlike(character: string): string | undefined {
  return latin.get(character);
}

/** Whether a word mixes Latin letters with look-alikes of another script, as no honest word does. */
export function hasMixedLookAlikes(word: string): boolean {
  return /[A-Za-z]/.test(word) && Array.from(word).some((character) => latin.has(character));
}
