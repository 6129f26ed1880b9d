import type { FlowFacts } from '../../extract/flow/flowFacts.ts';
import { recordTriggeredOn } from '../flow/recordTriggeredOn.ts';
import type { RecordEvent } from '../model.ts';
import type { Automation } from './recordEventExpander.ts';

/** A trigger as its header declares it. */
export interface TriggerHeader extends Automation {
  readonly object: string;
  readonly events: readonly RecordEvent[];
}

/** Finds the automations of an object and event. The index is made at the first question. */
export function createAutomationIndex(
  flows: () => readonly FlowFacts[],
  triggers: () => readonly TriggerHeader[],
): (object: string, event: RecordEvent) => readonly Automation[] {
  let index: ReadonlyMap<string, readonly Automation[]> | undefined;
  return (object, event) => {
    index ??= build([...triggers(), ...flows().flatMap(toHeader)]);
    return index.get(key(object, event)) ?? [];
  };
}

function toHeader(facts: FlowFacts): TriggerHeader[] {
  const trigger = recordTriggeredOn(facts);
  if (!trigger) return [];
  return [{ kind: 'flow', name: facts.name, place: facts.start.place, object: trigger.object, events: trigger.events }];
}

function build(headers: readonly TriggerHeader[]): ReadonlyMap<string, readonly Automation[]> {
  const index = new Map<string, Automation[]>();
  for (const { object, events, kind, name, place } of headers) {
    for (const event of new Set(events)) {
      const at = key(object, event);
      index.set(at, [...(index.get(at) ?? []), { kind, name, place }]);
    }
  }
  return index;
}

function key(object: string, event: RecordEvent): string {
  return `${event} ${object.toLowerCase()}`;
}
