import {
  gateSchema,
  reversibilitySchema,
  type Certainty,
  type ChosenBy,
  type Gate,
  type Reach,
  type Reversibility,
} from '@agent-readiness/protocol';

/*
 * Each attribute of an effect is ordered from the harmless to the worrying end. Where two facts
 * about one effect meet, the report keeps the more worrying one. What authority is made of has its
 * order in the protocol.
 */
const choosers: readonly ChosenBy[] = ['constant', 'linked', 'derived', 'model'];
const gates: readonly Gate[] = gateSchema.options.toReversed();
const certainties: readonly Certainty[] = ['opaque', 'possible', 'proven'];
const reaches: readonly Reach[] = ['direct', 'transitive', 'cascade'];

function later<T>(order: readonly T[]): (a: T, b: T) => T {
  return (a, b) => (a === b || order.indexOf(a) >= order.indexOf(b) ? a : b);
}

export const lessTrusted: (a: ChosenBy, b: ChosenBy) => ChosenBy = later(choosers);
export const harderToUndo: (a: Reversibility, b: Reversibility) => Reversibility = later(reversibilitySchema.options);
export const weakerGate: (a: Gate, b: Gate) => Gate = later(gates);
export const surer: (a: Certainty, b: Certainty) => Certainty = later(certainties);
export const lessSure: (a: Certainty, b: Certainty) => Certainty = (a, b) => (surer(a, b) === a ? b : a);
export const compareReach = (a: Reach, b: Reach): number => reaches.indexOf(a) - reaches.indexOf(b);

/** The union of two field lists; `*` stands for all of them. */
export function unionOfFields(a: readonly string[], b: readonly string[]): string[] {
  const all = new Set([...a, ...b]);
  return all.has('*') ? ['*'] : [...all].sort();
}
