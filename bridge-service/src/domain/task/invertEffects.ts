import type { PlannedEffect, RecordImage } from './plannedEffect.ts';

/** What became of an effect: the record, and its fields afterwards. */
interface Outcome {
  readonly recordId: string;
  readonly after?: RecordImage;
}

/**
 * What undoes effects, last one first, and only while the records are as the effects left them. Undefined
 * when something was deleted: a new record would have another id, and nothing that hung on the old one.
 */
export function invertEffects(
  effects: readonly PlannedEffect[],
  outcomes: readonly Outcome[],
): readonly PlannedEffect[] | undefined {
  const inverse: PlannedEffect[] = [];
  for (const [index, { operation, object, before }] of effects.entries()) {
    const { recordId, after } = outcomes[index] ?? {};
    if (recordId === undefined || after === undefined) return undefined;
    if (operation === 'create') inverse.unshift({ operation: 'delete', object, recordId, fields: {}, before: after });
    else if (before !== undefined) {
      inverse.unshift({ operation: 'update', object, recordId, fields: before, before: after });
    } else return undefined;
  }
  return inverse;
}
