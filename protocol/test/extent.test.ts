import { describe, expect, it } from '@jest/globals';
import { extentContains, joinExtents, type Extension } from '../src/index.ts';

const one: Extension = { extent: 'one' };
const two: Extension = { extent: 'bounded', extentLimit: 2 };
const five: Extension = { extent: 'bounded', extentLimit: 5 };
const children: Extension = { extent: 'children-of-one' };
const any: Extension = { extent: 'unbounded' };
const all = [one, two, five, children, any];

describe('the order of extents', () => {
  it.each([
    ['one', one, [one]],
    ['two', two, [one, two]],
    ['five', five, [one, two, five]],
    ['the children of one', children, [one, children]],
    ['any number', any, all],
  ])('%s contains', (_, outer, within) => {
    expect(all.filter((inner) => extentContains(outer, inner))).toEqual(within);
  });

  it('joins what does not compare to any number', () => {
    expect(joinExtents(five, children)).toEqual(any);
    expect(joinExtents(children, five)).toEqual(any);
  });

  it('joins to the least extent that contains both', () => {
    for (const a of all) {
      for (const b of all) {
        const upper = all.filter((each) => extentContains(each, a) && extentContains(each, b));
        const join = joinExtents(a, b);
        expect(upper).toContainEqual(join);
        expect(upper.every((each) => extentContains(each, join))).toBe(true);
      }
    }
  });
});
