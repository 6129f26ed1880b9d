/** Luhn (ISO/IEC 7812-1 annex B) over digits. */
export function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits.charAt(digits.length - 1 - index));
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether an IBAN leaves 1 when divided by 97 (ISO 7064 MOD 97-10), its first four characters moved to the end. */
export function isMod97(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** Routing number of the American Bankers Association: weights 3, 7, 1, sum divisible by 10. */
export function isAbaRouting(digits: string): boolean {
  if (!/^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(digits)) return false;
  const weights = [3, 7, 1];
  const sum = Array.from(digits, (digit, index) => Number(digit) * (weights[index % 3] ?? 0)).reduce(
    (a, b) => a + b,
    0,
  );
  return sum % 10 === 0;
}
