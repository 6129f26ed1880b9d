import type { PairCase } from './case.ts';

export const personalDataCases: readonly PairCase[] = [
  ['When does it come?', 'Write to erfunden@example.org.', 'new_email'],
  ['Write to a@example.org.', 'Write to b@example.org.', 'new_email'],
  ['I paid.', 'The account is DE89 3704 0044 0532 0130 00.', 'new_iban'],
  ['I paid by card.', 'The card is 4111 1111 1111 1111.', 'new_credit_card'],
  ['Call me.', 'Call her at +49 170 1234567.', 'new_phone'],
  // the input has it
  ['Write to a@example.org.', 'Will write to A@EXAMPLE.ORG today.'],
  ['IBAN DE89370400440532013000', 'Paid from DE89 3704 0044 0532 0130 00.'],
  ['Call +49 170 1234567', 'Called +49 (170) 123 45 67.'],
  // tokens, order numbers and dates are nobody's
  ['Order 10023', 'Write to [[EMAIL_7F3A2C]] about order 10023 of 2027-01-08.'],
  ['When does it come?', 'The customer asks when the lamp comes.'],
];
