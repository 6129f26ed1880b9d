import type { Extent } from './effect.ts';

/** An extent with its limit, as an effect or a grant carries them. */
export interface Extension {
  readonly extent: Extent;
  /** Of `bounded`, and only of it. */
  readonly extentLimit?: number | undefined;
}

const extentsWithin: Readonly<Record<Extent, readonly Extent[]>> = {
  one: ['one'],
  bounded: ['one', 'bounded'],
  'children-of-one': ['one', 'children-of-one'],
  unbounded: ['one', 'bounded', 'children-of-one', 'unbounded'],
};

/**
 * The one order of extents: one ⊂ bounded(n) ⊂ bounded(m ≥ n) ⊂ unbounded, and
 * one ⊂ children-of-one ⊂ unbounded. A bound and the children of one parent do not compare: five
 * records of anybody are no children of one, and the children may be more than five.
 */
export function extentContains(outer: Extension, inner: Extension): boolean {
  if (!extentsWithin[outer.extent].includes(inner.extent)) return false;
  if (outer.extent !== 'bounded' || inner.extent !== 'bounded') return true;
  return (inner.extentLimit ?? Infinity) <= (outer.extentLimit ?? 0);
}

/** The least extent that contains both. */
export function joinExtents(a: Extension, b: Extension): Extension {
  if (extentContains(a, b)) return a;
  return extentContains(b, a) ? b : { extent: 'unbounded' };
}
