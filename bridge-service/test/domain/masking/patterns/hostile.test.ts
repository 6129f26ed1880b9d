import { describe, expect, it } from '@jest/globals';
import { ConversationMasker } from '../../../../src/domain/masking/masker.ts';

/** Repeated, each of these makes some expression start over and over. A quadratic one would need hours for them. */
const units = [
  ...['a', '1', '1 ', '1-', '12.', 'a.', 'a@', 'a@a.', ':', 'a:', '//', 'http://a', 'A ', 'Ab ', 'Ab-', "A'", 'A. '],
  ...[
    '[[',
    '[[PERSON_',
    '\\',
    '%41',
    '&#6',
    '+1 ',
    '(1)',
    '(',
    'name: ',
    'password=',
    '-',
    '_',
    'DE89',
    'AA11 ',
    'eyJa.',
  ],
  ...[
    'Dear ',
    '\n',
    'rue de la ',
    '1 a ',
    'address ',
    'born ',
    'sk-',
    '00D',
    'a\u0301',
    '\u0301',
    '\u200b',
    'aа',
    '直',
    'P<',
  ],
];

describe('masking', () => {
  it.each(units)(
    'is linear in a long run of %j',
    (unit) => {
      const text = unit.repeat(Math.ceil(200_000 / unit.length));
      const masker = new ConversationMasker({
        key: new Uint8Array(32),
        known: [],
        hints: {},
        policy: { unmask: { result: 'all' } },
      });
      const masked = masker.mask(text);
      expect(masker.unmask(masked, 'result').value).toBe(text);
    },
    20_000,
  );
});
