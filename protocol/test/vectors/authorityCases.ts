import type { Scope } from '@agent-readiness/protocol/handoff';
import { ids } from './scenario.ts';

const base: Scope = {
  operation: 'update',
  object: 'Case',
  fields: ['Status'],
  extent: 'bounded',
  extentLimit: 5,
  identity: 'system-with-sharing',
  gate: 'confirmed',
  reversibility: 'recoverable',
};

export interface AuthorityCase {
  readonly name: string;
  readonly outer: Scope;
  readonly inner: Scope;
  readonly contained: boolean;
}

function pair(name: string, outer: Partial<Scope>, inner: Partial<Scope>, contained: boolean): AuthorityCase {
  return { name, outer: { ...base, ...outer }, inner: { ...base, ...inner }, contained };
}

/** Each row of the order, both ways. */
export const authorityCases: readonly AuthorityCase[] = [
  pair('itself', {}, {}, true),
  pair('another operation', {}, { operation: 'delete' }, false),
  pair('upsert contains update', { operation: 'upsert' }, {}, true),
  pair('upsert contains create', { operation: 'upsert' }, { operation: 'create' }, true),
  pair('upsert does not contain delete', { operation: 'upsert' }, { operation: 'delete' }, false),
  pair('update does not contain upsert', {}, { operation: 'upsert' }, false),
  pair('unknown contains nothing', { operation: 'unknown', object: '*', fields: ['*'] }, {}, false),
  pair('another object', {}, { object: 'Contact' }, false),
  pair('an object in another case', {}, { object: 'case' }, false),
  pair('any object contains one', { object: '*' }, {}, true),
  pair('one object does not contain any', {}, { object: '*' }, false),
  pair('fewer fields', { fields: ['Status', 'Reason'] }, {}, true),
  pair('more fields', {}, { fields: ['Status', 'Reason'] }, false),
  pair('no field', {}, { fields: [] }, true),
  pair('any field contains one', { fields: ['*'] }, {}, true),
  pair('one field does not contain any', {}, { fields: ['*'] }, false),
  pair('a smaller bound', {}, { extentLimit: 4 }, true),
  pair('a larger bound', {}, { extentLimit: 6 }, false),
  pair('a bound contains one', {}, { extent: 'one', extentLimit: undefined }, true),
  pair('one does not contain a bound of one', { extent: 'one', extentLimit: undefined }, { extentLimit: 1 }, false),
  pair('a bound is not the children of one', { extent: 'children-of-one', extentLimit: undefined }, {}, false),
  pair('the children of one are no bound', {}, { extent: 'children-of-one', extentLimit: undefined }, false),
  pair('unbounded contains a bound', { extent: 'unbounded', extentLimit: undefined }, {}, true),
  pair('a bound does not contain unbounded', {}, { extent: 'unbounded', extentLimit: undefined }, false),
  pair('a bound without a number contains no bound', { extentLimit: undefined }, {}, false),
  pair('as the user', {}, { identity: 'user' }, true),
  pair('as the system', {}, { identity: 'system' }, false),
  pair('a stronger gate', {}, { gate: 'approval' }, true),
  pair('a weaker gate', {}, { gate: 'guarded' }, false),
  pair('no gate', {}, { gate: 'none' }, false),
  pair('reversible', {}, { reversibility: 'reversible' }, true),
  pair('irreversible', {}, { reversibility: 'irreversible' }, false),
  pair('a named record', {}, { recordIds: [ids.order] }, true),
  pair('any record is not a named one', { recordIds: [ids.order] }, {}, false),
  pair('fewer named records', { recordIds: [ids.order, ids.otherOrder] }, { recordIds: [ids.order] }, true),
  pair('another named record', { recordIds: [ids.order] }, { recordIds: [ids.otherOrder] }, false),
];
