import type { Extent } from '@agent-readiness/protocol';
import type { Size } from './model.ts';

export type { Size };

/** More records than one transaction can write are as good as unbounded. */
const mostRecords = 10_000;

export function capped(size: Size): Size {
  return typeof size === 'number' && size > mostRecords ? 'unbounded' : size;
}

/** The least size that is at least both. A number of records and the children of one do not compare. */
export function larger(a: Size, b: Size): Size {
  if (typeof a === 'number' && typeof b === 'number') return Math.max(a, b);
  if (a === b || b === 0 || b === 1) return a;
  return a === 0 || a === 1 ? b : 'unbounded';
}

export function smaller(a: Size, b: Size): Size {
  return rank(a) <= rank(b) ? a : b;
}

export function plus(a: Size, b: Size): Size {
  if (a === 0) return b;
  if (b === 0) return a;
  return typeof a === 'number' && typeof b === 'number' ? a + b : 'unbounded';
}

export function times(a: Size, b: Size): Size {
  if (a === 1) return b;
  if (b === 1) return a;
  return typeof a === 'number' && typeof b === 'number' ? a * b : 'unbounded';
}

/** A size as an extent. What never holds a record is still said to touch one: it may after an edit. */
export function toExtent(size: Size): { extent: Extent; extentLimit?: number } {
  if (typeof size !== 'number') return { extent: size };
  return size <= 1 ? { extent: 'one' } : { extent: 'bounded', extentLimit: size };
}

function rank(size: Size): number {
  if (size === 'unbounded') return Number.POSITIVE_INFINITY;
  return size === 'children-of-one' ? Number.MAX_SAFE_INTEGER : size;
}
