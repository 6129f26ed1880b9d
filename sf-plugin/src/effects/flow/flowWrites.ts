import type { Identity } from '@agent-readiness/protocol';
import type { Assignment, FlowStart, RecordWrite } from '../../extract/flow/flowFacts.ts';
import { operationFor } from '../dataOperation.ts';
import { lessTrusted, unionOfFields } from '../lattice.ts';
import type { LocalEffect } from '../model.ts';
import { reversibilityOf } from '../reversibility.ts';
import { chooserOfFilters, selectedBy } from './filters.ts';
import type { FlowLookups } from './flowLookups.ts';
import { parseReference } from './reference.ts';
import type { Scope, State } from './scope.ts';
import { times, toExtent, type Size } from '../size.ts';
import { chooserOf, sizeOf, type Value } from './value.ts';

const titles = { create: 'Create Records', update: 'Update Records', delete: 'Delete Records' } as const;

/** The circumstances in which an element writes. */
export interface WriteSetting {
  readonly state: State;
  readonly scope: Scope;
  readonly lookups: FlowLookups;
  readonly runs: Size;
  readonly identity: Identity;
}

/** What a Create, Update or Delete Records element does to the data. */
export function effectOfWrite(element: RecordWrite, setting: WriteSetting): LocalEffect {
  const { state, scope, lookups, runs, identity } = setting;
  const { kind, assignments, where, inputReference } = element;
  const records = inputReference === undefined ? undefined : scope.read(state, inputReference);
  const object = element.object ?? records?.object ?? '*';
  const size = records ? sizeOf(records) : kind === 'create' ? 1 : selectedBy(where, object, state, scope, lookups);
  const operation = operationFor(object, element.isUpsert ? 'upsert' : kind);
  const ofFields = assignments.map(({ value }) => chooserOf(scope.evaluate(state, value)));
  // With a record given, filters only decide whether it is written.
  const selects = !records && (kind !== 'create' || where.filters.length > 0);
  const ofRecords = records ? chooserOf(records) : selects ? chooserOfFilters(where, state, scope) : 'constant';
  return {
    operation,
    object,
    fields: kind === 'delete' ? [] : fieldsOf(element, records),
    ...toExtent(times(size, runs)),
    identity,
    chosenBy: ofFields.reduce(lessTrusted, ofRecords),
    reversibility: reversibilityOf(operation),
    certainty: object === '*' ? 'possible' : 'proven',
    place: element.place,
    label: `${titles[kind]} "${element.label}"`,
    ...(!element.connectors.some(({ role }) => role === 'faultConnector') && { manner: { hasNoFaultPath: true } }),
  };
}

/** In a flow that runs before a save, setting a field of `$Record` is the write. */
export function effectsOfAssignment(element: Assignment, start: FlowStart, setting: WriteSetting): LocalEffect[] {
  if (start.triggerType !== 'RecordBeforeSave') return [];
  const { state, scope, identity } = setting;
  return element.items.flatMap(({ target, value, place }) => {
    const { root, member } = parseReference(target);
    if (root !== '$record' || member === '') return [];
    const object = start.object ?? '*';
    const operation = operationFor(object, 'update');
    return {
      operation,
      object,
      fields: [member],
      extent: 'one' as const,
      identity,
      chosenBy: chooserOf(scope.evaluate(state, value)),
      reversibility: reversibilityOf(operation),
      certainty: object === '*' ? ('possible' as const) : ('proven' as const),
      place,
      label: `Assignment "${element.label}" before the save`,
    };
  });
}

function fieldsOf({ kind, assignments }: RecordWrite, records: Value | undefined): string[] {
  const assigned = assignments.map(({ name }) => name);
  const ofRecords = records ? [...records.fields.values()].map(({ name }) => name) : [];
  const named = [...assigned, ...ofRecords].filter((name) => name !== '' && name.toLowerCase() !== 'id');
  // A create copies what was read into the record, an update leaves it as it was.
  const isOpen = records?.content === 'foreign' || (kind === 'create' && records?.content === 'stored');
  return unionOfFields(named, isOpen ? ['*'] : []);
}
