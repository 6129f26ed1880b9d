import type { ClassWorld } from './classWorld.ts';
import type { Frame } from './frame.ts';
import { elementType, inert, isGeneral, isPrimitive, parseType } from './typeNames.ts';
import type { Value } from './value.ts';

/**
 * A value seen through a declared type or a cast: whichever of the two says more. One record out of
 * a query is taken from its list.
 */
export function narrowed(world: ClassWorld, frame: Frame, value: Value, declared: string): Value {
  const first = value.types.length === 1 ? value.types[0] : undefined;
  const isSingle = elementType(declared) === undefined && parseType(declared).base !== 'object';
  const { heap } = value;
  if (isSingle && first !== undefined && elementType(first) !== undefined && heap?.item) {
    return narrowed(world, frame, { ...heap.item, depth: value.depth }, declared);
  }
  const types = value.types.map((type) => moreTelling(world, frame, type, declared));
  const isExact = value.isExact && types.every((type, index) => type === value.types[index]);
  return { ...value, types: types.length === 1 ? types : [...new Set(types)], isExact, declared };
}

function moreTelling(world: ClassWorld, frame: Frame, actual: string, declared: string): string {
  if (actual === 'null' || actual === inert) return declared;
  const [inside, asked] = [elementType(actual), elementType(declared)];
  if (inside !== undefined && asked !== undefined) {
    return isGeneral(declared) && !isGeneral(actual) ? actual : declared;
  }
  if (isGeneral(actual)) return declared;
  if (isGeneral(declared)) return actual;
  const [from, to] = [world.resolve(actual, frame.owner), world.resolve(declared, frame.owner)];
  // What is taken for something of the platform keeps its class.
  if (from && !to && !isPrimitive(declared) && !isStored(declared)) return from.type.name;
  return from && to && world.isSubtype(from, to) ? from.type.name : declared;
}

/** A collection that no class of the project can be. */
function isStored(type: string): boolean {
  return ['list', 'set', 'map'].includes(parseType(type).base);
}
