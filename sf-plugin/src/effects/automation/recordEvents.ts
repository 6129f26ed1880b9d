import type { Operation } from '@agent-readiness/protocol';
import type { Call, LocalEffect, RecordEvent } from '../model.ts';

/** The events of one write, as triggers and flows see them. */
const events: Readonly<Partial<Record<Operation, readonly RecordEvent[]>>> = {
  create: ['create'],
  update: ['update'],
  upsert: ['create', 'update'],
  delete: ['delete'],
  undelete: ['undelete'],
  // The winner is updated, the losers are deleted.
  merge: ['update', 'delete'],
  convert: ['update'],
  'publish-event': ['publish'],
};

/**
 * What the platform starts by itself after an effect. An object that is decided at run time starts
 * nothing here: its effect already says that anything may happen.
 */
export function recordEventsOf(effect: LocalEffect): Call[] {
  if (effect.object === '*') return [];
  return (events[effect.operation] ?? []).map((event): Call => ({
    callee: {
      kind: 'record-event',
      name: effect.object,
      event,
      many: effect.extent !== 'one',
      fields: event === 'update' ? effect.fields : [],
    },
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: effect.chosenBy },
    cause: 'automation',
    certainty: effect.certainty,
    place: effect.place,
    label: effect.label,
    ...(effect.gate !== undefined && { gate: effect.gate }),
  }));
}
