import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fitLists } from '../../src/mcp/fitLists.ts';

it('leaves a short answer as it is', () => {
  expect(fitLists({ name: 'a', items: [1, 2] }, ['items'], 100)).toEqual({ name: 'a', items: [1, 2], omitted: {} });
});

it('keeps the first items, and nothing that comes after the first that does not fit', () => {
  const result = { first: ['a', 'x'.repeat(200), 'c'], second: ['d', 'e'], none: [] };
  expect(fitLists(result, ['first', 'second', 'none'], 200)).toEqual({
    first: ['a'],
    second: [],
    none: [],
    omitted: { first: 2, second: 2 },
  });
});

it('never exceeds its limit, and counts every item', () => {
  const items = fc.array(fc.string({ maxLength: 40 }));
  fc.assert(
    fc.property(items, items, fc.integer({ min: 150, max: 600 }), (one, two, limit) => {
      const fitted = fitLists({ one, two }, ['one', 'two'], limit);
      expect(JSON.stringify(fitted).length).toBeLessThanOrEqual(limit);
      expect(fitted.one.length + (fitted.omitted['one'] ?? 0)).toBe(one.length);
      expect(fitted.two.length + (fitted.omitted['two'] ?? 0)).toBe(two.length);
    }),
  );
});
