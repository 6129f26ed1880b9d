import type { ApexSummary, ApexTrigger } from '../../extract/apex/summary.ts';
import type { CallContext } from '../model.ts';
import type { Sink, Frame } from './frame.ts';
import { HeapObject, type Value } from './value.ts';
import { Variables } from './variables.ts';
import { constantValue, inertValue, plain } from './values.ts';
import { fold } from './fold.ts';

/** The input by which a caller tells a trigger how many records fired it. */
export const firedRecords = 'records';

/**
 * The frame of a trigger's body: without sharing, on the records of the trigger's object.
 *
 * @param event e.g. `before delete`; empty where any event may have fired it
 */
export function triggerFrame(
  summary: ApexSummary,
  trigger: ApexTrigger,
  event: string,
  context: CallContext,
  sink: Sink,
): Frame {
  return {
    file: summary.file,
    apiVersion: summary.apiVersion,
    sharing: 'without',
    owner: undefined,
    self: undefined,
    trigger: {
      name: trigger.name,
      values: contextValues(trigger, event, context),
      methods: trigger.methods,
      given: new Map(),
    },
    variables: Variables.of(trigger.body),
    jumped: [],
    attempted: undefined,
    region: {},
    method: undefined,
    loops: [context.repeats ?? 1],
    returned: undefined,
    otherInputs: context.otherInputs,
    inlined: 0,
    sink,
  };
}

function contextValues(trigger: ApexTrigger, event: string, context: CallContext): ReadonlyMap<string, Value> {
  const values = new Map<string, Value>([['isexecuting', constantValue(true, 'Boolean')]]);
  const fired = context.inputs[firedRecords];
  const chosenBy = fired?.chosenBy ?? context.otherInputs;
  const item: Value = { ...plain(trigger.object, chosenBy, 1), heap: new HeapObject('stored') };
  for (const name of ['new', 'old', 'newmap', 'oldmap']) {
    const heap = new HeapObject('own');
    heap.add('trigger', item, fired?.size ?? 'unbounded');
    const type = name.endsWith('map') ? `Map<Id,${trigger.object}>` : `List<${trigger.object}>`;
    values.set(name, { ...plain(type, chosenBy, 1), heap });
  }
  values.set('size', inertValue(chosenBy));
  const [time, operation] = fold(event).split(' ');
  if (time === undefined || operation === undefined) return values;
  for (const each of ['before', 'after']) values.set(`is${each}`, constantValue(time === each, 'Boolean'));
  for (const each of ['insert', 'update', 'delete', 'undelete']) {
    values.set(`is${each}`, constantValue(operation === each, 'Boolean'));
  }
  return values.set('operationtype', constantValue(`${time}_${operation}`.toUpperCase(), 'TriggerOperation'));
}
