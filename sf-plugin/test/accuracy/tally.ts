import type { Effect } from '@agent-readiness/protocol';
import type { LabelledEffect } from './labels.ts';
import type { Outcome } from './compare.ts';

/** Counts of one group of effects. */
export interface Tally {
  readonly group: string;
  readonly hits: number;
  readonly misses: number;
  readonly extras: number;
  /** Reported, and ruled out only by the values that the code has there. */
  readonly ruledOut: number;
}

/** Tallies by group, in the order of the groups' names, with the sum of all as the last. */
export function tallyBy(outcomes: readonly Outcome[], groupOf: (outcome: Outcome) => string): Tally[] {
  const counted = outcomes.filter(({ kind }) => kind !== 'platform');
  const groups = [...new Set(counted.map(groupOf))].sort();
  return [
    ...groups.map((group) =>
      tally(
        group,
        counted.filter((outcome) => groupOf(outcome) === group),
      ),
    ),
    tally('all', counted),
  ];
}

function tally(group: string, outcomes: readonly Outcome[]): Tally {
  return {
    group,
    hits: count(outcomes, 'hit'),
    misses: count(outcomes, 'miss'),
    extras: count(outcomes, 'extra'),
    ruledOut: count(outcomes, 'ruled-out'),
  };
}

export function count(outcomes: readonly Outcome[], wanted: Outcome['kind']): number {
  return outcomes.filter(({ kind }) => kind === wanted).length;
}

/** The part of what is there that was found; `undefined` where nothing is there. */
export function recall({ hits, misses }: Tally): number | undefined {
  return hits + misses === 0 ? undefined : hits / (hits + misses);
}

/**
 * The part of what was reported that is there; `undefined` where nothing was reported.
 *
 * @param strict whether a report that values alone rule out is wrong
 */
export function precision({ hits, extras, ruledOut }: Tally, strict: boolean): number | undefined {
  const wrong = strict ? extras + ruledOut : extras;
  return hits + wrong === 0 ? undefined : hits / (hits + wrong);
}

/** What else than operation, object and reach is compared, and whether the check agrees. */
export const attributes: readonly (readonly [
  name: string,
  agrees: (label: LabelledEffect, effect: Effect) => boolean | undefined,
])[] = [
  ['identity', ({ identity }, effect) => identity && identity === effect.identity],
  ['extent', ({ extent }, effect) => extent && extent === effect.extent],
  ['file of the evidence', ({ evidence }, { path }) => path.some(({ file }) => evidence.startsWith(`${file}:`))],
];

/** Of the effects that were found and whose attribute their label states: how many have it as stated. */
export function agreement(
  outcomes: readonly Outcome[],
  agrees: (label: LabelledEffect, effect: Effect) => boolean | undefined,
): readonly [same: number, of: number] {
  const answers = outcomes
    .flatMap((outcome) => (outcome.kind === 'hit' ? [agrees(outcome.label, outcome.effect)] : []))
    .filter((answer) => answer !== undefined);
  return [answers.filter(Boolean).length, answers.length];
}
