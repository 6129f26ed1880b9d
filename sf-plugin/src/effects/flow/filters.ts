import type { ChosenBy } from '@agent-readiness/protocol';
import type { FlowFilter, FlowFilters } from '../../extract/flow/flowFacts.ts';
import { lessTrusted } from '../lattice.ts';
import type { FlowLookups } from './flowLookups.ts';
import { namesRecordId } from './reference.ts';
import type { Scope, State } from './scope.ts';
import { smaller, type Size } from '../size.ts';
import { chooserOf, sizeOf } from './value.ts';

/** Standard fields that end in `Id` and point at people or settings, whose records are no details. */
const notParents: ReadonlySet<string> = new Set([
  'createdbyid',
  'lastmodifiedbyid',
  'ownerid',
  'profileid',
  'recordtypeid',
  'userroleid',
]);

/** Operators that leave no record to the data once the Id, or the Ids, are known. */
const picks: ReadonlySet<string> = new Set(['EqualTo', 'In']);

/** How many records filters can select at most. */
export function selectedBy(where: FlowFilters, object: string, state: State, scope: Scope, lookups: FlowLookups): Size {
  if (!allHold(where)) return 'unbounded';
  return where.filters
    .map((filter) => sizeOfFilter(filter, object, state, scope, lookups))
    .reduce(smaller, 'unbounded');
}

/** Who chooses the records that filters select. Only an Id leaves nothing to the data. */
export function chooserOfFilters(where: FlowFilters, state: State, scope: Scope): ChosenBy {
  const byId = allHold(where) && where.filters.some((filter) => isId(filter) && picks.has(filter.operator));
  return where.filters
    .map((filter) => chooserOf(scope.evaluate(state, filter.value)))
    .reduce(lessTrusted, byId ? 'constant' : 'derived');
}

function allHold({ logic, filters }: FlowFilters): boolean {
  return filters.length === 1 || /^(?:and|[\d\s()])+$/i.test(logic);
}

function isId({ field }: FlowFilter): boolean {
  return field.toLowerCase() === 'id';
}

function sizeOfFilter(filter: FlowFilter, object: string, state: State, scope: Scope, lookups: FlowLookups): Size {
  const { operator } = filter;
  if (isId(filter) && operator === 'In') return sizeOf(scope.evaluate(state, filter.value));
  if (operator !== 'EqualTo') return 'unbounded';
  if (isId(filter)) return 1;
  return isParent(object, filter, lookups) ? 'children-of-one' : 'unbounded';
}

function isParent(object: string, { field, value }: FlowFilter, lookups: FlowLookups): boolean {
  // Comparing with nothing selects the records without a parent.
  if (value.kind === 'literal' && (value.value === null || value.value === '')) return false;
  if (!/__[a-z]+$/i.test(field)) return /[a-z]Id$/.test(field) && !notParents.has(field.toLowerCase());
  return lookups.referencesTo(object, field).length > 0 || (value.kind === 'reference' && namesRecordId(value.path));
}
