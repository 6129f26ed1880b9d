import type { PairCase } from './case.ts';

/** Denied is the subject `legal`, as "legal advice" and "lawsuit"; no new records. */
export const scopeCases: readonly PairCase[] = [
  ['Order 1', 'You should ask for legal advice.', 'topic_legal'],
  ['Order 1', 'A LAWSUIT may follow.', 'topic_legal'],
  ['Order 1', 'A l\u0430wsuit may follow.', 'topic_legal'],
  ['Order 1', 'A law\u200bsuit may follow.', 'topic_legal'],
  ['Case 5003000000D8cuIAAR', 'See 5003000000D8cuJAAR.', 'new_record'],
  ['No case', 'See 5003000000D8cuI and a lawsuit.', 'topic_legal', 'new_record'],
  ['Case 5003000000D8cuIAAR', 'See 5003000000D8cuI.'],
  ['Order 1', 'Lawsuits are none of my business, and legally I advise nothing.'],
  ['Order 1', 'Order 100230000000001 is on its way.'],
];
