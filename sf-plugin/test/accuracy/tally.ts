import type { Outcome } from './compare.ts';

/** Counts of one group of effects. */
export interface Tally {
  readonly group: string;
  readonly hits: number;
  readonly misses: number;
  readonly extras: number;
}

/** Tallies by group, in the order of the groups' names, with the sum of all as the last. Uncounted effects are left out. */
export function tallyBy(outcomes: readonly Outcome[], groupOf: (outcome: Outcome) => string): Tally[] {
  const groups = [...new Set(outcomes.filter(({ kind }) => kind !== 'uncounted').map(groupOf))].sort();
  return [
    ...groups.map((group) =>
      tally(
        group,
        outcomes.filter((outcome) => groupOf(outcome) === group),
      ),
    ),
    tally('all', outcomes),
  ];
}

function tally(group: string, outcomes: readonly Outcome[]): Tally {
  const count = (wanted: Outcome['kind']): number => outcomes.filter(({ kind }) => kind === wanted).length;
  return { group, hits: count('hit'), misses: count('miss'), extras: count('extra') };
}

/** The part of what is there that was found; `undefined` where nothing is there. */
export function recall({ hits, misses }: Tally): number | undefined {
  return hits + misses === 0 ? undefined : hits / (hits + misses);
}

/** The part of what was reported that is there; `undefined` where nothing was reported. */
export function precision({ hits, extras }: Tally): number | undefined {
  return hits + extras === 0 ? undefined : hits / (hits + extras);
}

/** Of the effects that were found and whose attribute a label states: how many have it as stated. */
export function agreement(outcomes: readonly Outcome[], attribute: 'identity' | 'extent'): [same: number, of: number] {
  const stated = outcomes.flatMap((outcome) =>
    outcome.kind === 'hit' && outcome.label[attribute] !== undefined
      ? [outcome.label[attribute] === outcome.effect[attribute]]
      : [],
  );
  return [stated.filter(Boolean).length, stated.length];
}
