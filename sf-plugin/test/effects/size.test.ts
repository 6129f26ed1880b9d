import { describe, expect, it } from '@jest/globals';
import { extentContains } from '@agent-readiness/protocol';
import { larger, toExtent, type Size } from '../../src/effects/size.ts';

const sizes: readonly Size[] = [0, 1, 2, 200, 'children-of-one', 'unbounded'];

describe('the larger of two sizes', () => {
  it.each<[Size, Size, Size]>([
    [0, 1, 1],
    [2, 200, 200],
    [1, 'children-of-one', 'children-of-one'],
    [2, 'children-of-one', 'unbounded'],
    ['children-of-one', 'children-of-one', 'children-of-one'],
    ['children-of-one', 'unbounded', 'unbounded'],
    [200, 'unbounded', 'unbounded'],
  ])('%s and %s', (a, b, expected) => {
    expect([larger(a, b), larger(b, a)]).toEqual([expected, expected]);
  });

  it('holds both in the order by which authority narrows', () => {
    for (const a of sizes) {
      for (const b of sizes) {
        const both = toExtent(larger(a, b));
        expect(extentContains(both, toExtent(a)) && extentContains(both, toExtent(b))).toBe(true);
      }
    }
  });
});
