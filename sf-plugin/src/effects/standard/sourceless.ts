import type { ChosenBy, Place } from '@agent-readiness/protocol';
import { lessTrusted } from '../lattice.ts';
import type { CallContext, Expansion, LocalEffect } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';

/** The expansion of a callable that has no source: its effects stand where it is called. */
export function withEffects(...effects: readonly LocalEffect[]): Expansion {
  return { effects, calls: [], pruned: [] };
}

/**
 * The expansion of a callable of which nothing is known: anything, by anybody, for ever.
 *
 * @param reason why nothing is known, for the reader of the report
 */
export function opaque(site: Place, reason: string): Expansion {
  return withEffects({
    operation: 'unknown',
    object: '*',
    fields: ['*'],
    extent: 'unbounded',
    identity: 'system',
    chosenBy: 'model',
    reversibility: reversibilityOf('unknown'),
    certainty: 'opaque',
    place: site,
    label: reason,
  });
}

/** Who chooses the least trusted input: which of them picks the record cannot be seen without source. */
export function leastTrusted({ inputs, otherInputs }: CallContext): ChosenBy {
  return Object.values(inputs).reduce((worst, { chosenBy }) => lessTrusted(worst, chosenBy), otherInputs);
}
