import type { PairCase } from './case.ts';

const policy = 'Goods that arrive damaged are refunded in full, if reported within 14 days of delivery.';

/** The output is the quote. */
export const groundednessCases: readonly PairCase[] = [
  [policy, 'Goods that arrive damaged are refunded in half.', 'quote_not_found'],
  [policy, 'Goods are refunded in full.', 'quote_not_found'],
  [policy, 'within 14 days of purchase', 'quote_not_found'],
  [policy, 'delivery of days 14 within', 'quote_not_found'],
  [policy, 'Refunds are always possible.', 'quote_not_found'],
  [policy, '…', 'quote_not_found'],
  [policy, '', 'quote_not_found'],
  [policy, 'goods that ARRIVE damaged are refunded in full if reported within 14 days'],
  [policy, 'Goods that arrive damaged … within 14 days of delivery'],
  ['Marta Beispielfrau called twice.', '[[PERSON_7F3A2C]] called twice.'],
  ['Sie sagte: „Der Fuß ist gesprungen.“', 'Der Fuß ist gesprungen'],
];
