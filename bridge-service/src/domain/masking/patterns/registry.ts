import { addressPatterns } from './address.ts';
import { birthDatePatterns } from './birthDate.ts';
import { internetPatterns } from './internet.ts';
import { nationalIdPatterns } from './nationalIds.ts';
import type { Pattern } from './pattern.ts';
import { paymentPatterns } from './payment.ts';
import { phonePattern } from './phone.ts';
import { secretPatterns } from './secrets.ts';
import { usIdPatterns } from './usIds.ts';

/** The only list of patterns. */
export const patterns: readonly Pattern[] = [
  ...internetPatterns,
  ...paymentPatterns,
  phonePattern,
  ...usIdPatterns,
  ...nationalIdPatterns,
  ...birthDatePatterns,
  ...addressPatterns,
  ...secretPatterns,
];
