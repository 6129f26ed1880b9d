import type { ApexMethod } from '../../extract/apex/summary.ts';
import { fold } from './fold.ts';
import type { ClassInSource } from './members.ts';
import { elementType, isGeneral, parseType } from './typeNames.ts';

/** What the choice among overloads asks about the classes of the project. */
interface TypeLookups {
  /** The class that a type name means in the code of a class. */
  resolve(typeName: string, from: ClassInSource): ClassInSource | undefined;
  isSubtype(candidate: ClassInSource, of: ClassInSource): boolean;
}

/** Of each argument, the types that it may have. */
export type ArgumentTypes = readonly (readonly string[])[];

/**
 * Picks an overload by the number of arguments, then by how well their types fit; the first of equals.
 *
 * @param owner the class that declares the candidates
 */
export function chooseOverload(
  types: TypeLookups,
  candidates: readonly ApexMethod[],
  args: ArgumentTypes,
  owner: ClassInSource,
): ApexMethod | undefined {
  const [only] = candidates;
  if (candidates.length <= 1) return only?.parameters.length === args.length && !only.isTest ? only : undefined;
  let best: ApexMethod | undefined;
  let bestFit = -1;
  for (const candidate of candidates) {
    const fit = fitOf(types, candidate, args, owner);
    if (fit > bestFit) [best, bestFit] = [candidate, fit];
  }
  return best;
}

/** How well arguments fit: -1 where they are too few or too many, 0 where the type of one cannot be. */
export function fitOf(
  types: TypeLookups,
  { parameters, isTest }: ApexMethod,
  args: ArgumentTypes,
  owner: ClassInSource,
): number {
  if (parameters.length !== args.length || isTest) return -1;
  let sum = 0;
  for (const [index, { type }] of parameters.entries()) {
    const fit = fitOfArgument(types, args[index] ?? [], type, owner);
    if (fit === 0) return 0;
    sum += fit;
  }
  return sum;
}

/** From 4, the same type, down to 0, cannot be. */
function fitOfArgument(types: TypeLookups, given: readonly string[], wanted: string, from: ClassInSource): number {
  if (given.length === 0 || given.every((type) => type === 'null')) return 1;
  return Math.max(...given.map((type) => fitOfType(types, type, wanted, from)));
}

function fitOfType(types: TypeLookups, given: string, wanted: string, from: ClassInSource): number {
  const [a, b] = [parseType(given), parseType(wanted)];
  if (fold(given) === fold(wanted)) return 4;
  const [inside, asked] = [elementType(given), elementType(wanted)];
  if (inside !== undefined && asked !== undefined) return a.base === b.base ? fitOfType(types, inside, asked, from) : 0;
  if (isGeneral(given)) return 1;
  if (b.base === 'object') return 1;
  if (inside !== undefined || asked !== undefined) return 0;
  const [actual, expected] = [types.resolve(given, from), types.resolve(wanted, from)];
  if (actual && expected) return actual.type === expected.type ? 4 : types.isSubtype(actual, expected) ? 3 : 0;
  if (actual || expected) return 0;
  if (b.base === 'sobject') return primitive.has(a.base) ? 0 : 3;
  if (numbers.has(a.base) && numbers.has(b.base)) return 2;
  if (texts.has(a.base) && texts.has(b.base)) return 2;
  return primitive.has(a.base) || primitive.has(b.base) ? 0 : 1;
}

const numbers: ReadonlySet<string> = new Set(['integer', 'long', 'double', 'decimal']);
const texts: ReadonlySet<string> = new Set(['id', 'string']);
const primitive: ReadonlySet<string> = new Set([...numbers, ...texts, 'blob', 'boolean', 'date', 'datetime', 'time']);
