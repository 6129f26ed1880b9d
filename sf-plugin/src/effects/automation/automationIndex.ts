import type { ApexSummary } from '../../extract/apex/summary.ts';
import { placeAt } from '../../extract/apex/position.ts';
import type { FlowFacts } from '../../extract/flow/flowFacts.ts';
import { recordTriggeredOn } from '../flow/recordTriggeredOn.ts';
import type { RecordEvent } from '../model.ts';
import type { Automation } from './recordEventExpander.ts';

/** What one automation waits for. */
interface Subscription {
  readonly object: string;
  readonly event: RecordEvent;
  readonly automation: Automation;
}

/** Finds the automations of an object and event. The index is made at the first question. */
export function createAutomationIndex(
  flows: () => readonly FlowFacts[],
  triggers: () => readonly ApexSummary[],
): (object: string, event: RecordEvent) => readonly Automation[] {
  let index: ReadonlyMap<string, readonly Automation[]> | undefined;
  return (object, event) => {
    index ??= build([...triggers().flatMap(ofTrigger), ...flows().flatMap(ofFlow)]);
    return index.get(key(object, event)) ?? [];
  };
}

function ofFlow(facts: FlowFacts): Subscription[] {
  const trigger = recordTriggeredOn(facts);
  if (!trigger) return [];
  const { changes } = trigger;
  const automation: Automation = { kind: 'flow', name: facts.name, place: facts.start.place, changes };
  return trigger.events.map((event) => ({ object: trigger.object, event, automation }));
}

const recordEvents: Readonly<Record<string, RecordEvent>> = {
  insert: 'create',
  update: 'update',
  delete: 'delete',
  undelete: 'undelete',
};

/** A trigger subscribes to each of its events by itself: its code may tell them apart. */
function ofTrigger({ trigger, file }: ApexSummary): Subscription[] {
  if (!trigger) return [];
  const place = placeAt(file, trigger.at);
  const changed = changeEventSource(trigger.object);
  return trigger.events.flatMap((event): Subscription[] => {
    const automation: Automation = { kind: 'trigger', name: trigger.name, place, event };
    // A change event follows any write of the object that it is named for.
    if (changed !== undefined) {
      return Object.values(recordEvents).map((each) => ({ object: changed, event: each, automation }));
    }
    const written = recordEvents[event.split(' ').at(-1) ?? ''];
    if (written === undefined) return [];
    return [{ object: trigger.object, event: trigger.object.endsWith('__e') ? 'publish' : written, automation }];
  });
}

/** `Case` of `CaseChangeEvent`, `Refund__c` of `Refund__ChangeEvent`. */
function changeEventSource(object: string): string | undefined {
  const [, name, custom] = /^(\w+?)(__)?ChangeEvent$/i.exec(object) ?? [];
  return name === undefined ? undefined : custom ? `${name}__c` : name;
}

function build(subscriptions: readonly Subscription[]): ReadonlyMap<string, readonly Automation[]> {
  const index = new Map<string, Automation[]>();
  for (const { object, event, automation } of subscriptions) {
    const known = index.get(key(object, event));
    if (known) known.push(automation);
    else index.set(key(object, event), [automation]);
  }
  return index;
}

function key(object: string, event: RecordEvent): string {
  return `${event} ${object.toLowerCase()}`;
}
