import { describe, expect, it } from '@jest/globals';
import { IdSequence, isId, keyPrefix, toId18 } from '../../src/org/ids.ts';

describe('the checksum of a record id', () => {
  // Worked out by hand: five bits a block, the first letter is the lowest bit.
  it.each([
    ['000000000000000', '000000000000000AAA'],
    ['A00000000000000', 'A00000000000000BAA'],
    ['0000A0000000000', '0000A0000000000QAA'],
    ['ABCDE0000000000', 'ABCDE00000000005AA'],
    ['00000aBcDe00000', '00000aBcDe00000AKA'],
    ['00000000000000Z', '00000000000000ZAAQ'],
  ])('%s is %s', (id15, id18) => {
    expect(toId18(id15)).toBe(id18);
    expect(isId(id15)).toBe(true);
    expect(isId(id18)).toBe(true);
  });

  it.each(['', '00000000000000', '0000000000000000', '000000000000000AAB', '00000000000000-', "000000000000000'OR"])(
    'is not there in %j',
    (text) => {
      expect(isId(text)).toBe(false);
    },
  );
});

it('counts per object, in base 62', () => {
  const ids = new IdSequence();
  expect([ids.next('001'), ids.next('003'), ids.next('001')]).toEqual([
    '001Fk0000000001IAA',
    '003Fk0000000001IAA',
    '001Fk0000000002IAA',
  ]);
  for (let count = 2; count < 60; count += 1) ids.next('001');
  expect([ids.next('001'), ids.next('001')].map((id) => id.slice(0, 15))).toEqual([
    '001Fk000000000z',
    '001Fk0000000010',
  ]);
  expect([keyPrefix('a', 0), keyPrefix('a', 62)]).toEqual(['a00', 'a10']);
});
