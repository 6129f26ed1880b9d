import type { ClassWorld } from './classWorld.ts';
import type { Frame } from './frame.ts';
import { elementType, parseType } from './typeNames.ts';
import type { Value } from './value.ts';

/**
 * A value seen through a declared type or a cast: whichever of the two says more. One record out of
 * a query is taken from its list.
 */
export function narrowed(world: ClassWorld, frame: Frame, value: Value, declared: string): Value {
  const { heap, types } = value;
  const [first] = types;
  if (
    heap?.item &&
    types.length === 1 &&
    first !== undefined &&
    elementType(first) !== undefined &&
    isSingle(declared)
  ) {
    return narrowed(world, frame, { ...heap.item, depth: value.depth }, declared);
  }
  const seen = types.map((type) => world.moreTelling(type, declared, frame.owner));
  if (seen.every((type, index) => type === types[index])) {
    return value.declared === declared ? value : { ...value, declared };
  }
  return { ...value, types: seen.length === 1 ? seen : [...new Set(seen)], isExact: false, declared };
}

function isSingle(declared: string): boolean {
  return elementType(declared) === undefined && parseType(declared).base !== 'object';
}
