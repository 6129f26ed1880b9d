import type { JsonValue } from '../../domain/json.ts';
import type { PlannedEffect } from '../../domain/task/plannedEffect.ts';
import { mostQueries, mostSubrequests } from './composite.ts';

const apiName = /^[A-Za-z]\w{0,79}$/;
const recordIdForm = /^[A-Za-z0-9]{18}$/;

/**
 * Whether effects can be one request to the org, and nothing but what they say. Names and ids become part
 * of addresses; text with a reference in it would be replaced by the org.
 */
export function isWritable(effects: readonly PlannedEffect[]): boolean {
  const changed = effects.filter(({ operation }) => operation !== 'create').length;
  return (
    effects.length > 0 &&
    changed <= mostQueries &&
    changed + 2 * effects.length <= mostSubrequests &&
    effects.every(isPlain)
  );
}

function isPlain({ operation, object, recordId, fields }: PlannedEffect): boolean {
  const namesRecord = recordId !== undefined && recordIdForm.test(recordId);
  return (
    apiName.test(object) &&
    (operation === 'create' ? recordId === undefined : namesRecord) &&
    Object.keys(fields).every((name) => apiName.test(name)) &&
    !holdsReference(fields)
  );
}

function holdsReference(value: JsonValue): boolean {
  if (typeof value === 'string') return value.includes('@{');
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsReference);
}
