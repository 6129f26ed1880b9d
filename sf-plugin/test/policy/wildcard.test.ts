import { expect, it } from '@jest/globals';
import { fits } from '../../src/policy/wildcard.ts';

it.each([
  ['a', 'a', true],
  ['a', 'ab', false],
  ['a', 'A', false],
  ['*', '', true],
  ['*', 'anything', true],
  ['a*', 'a', true],
  ['a*', 'ba', false],
  ['*a', 'ba', true],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'axbxc', true],
  ['a*b*c', 'acb', false],
  ['*b*b', 'b', false],
  ['a**c', 'abc', true],
  ['delete:*', 'delete:Case', true],
  ['a.c', 'abc', false],
  ['*ab*ab*', 'aab', false],
  ['*ab*ab*', 'abab', true],
])('%s and %s', (pattern, name, expected) => {
  expect(fits(pattern, name)).toBe(expected);
});
