import type { JsonObject } from '../../domain/json.ts';
import type { PlannedEffect, RecordImage } from '../../domain/task/plannedEffect.ts';
import type { Subrequest, Subresponse } from './composite.ts';

/** Set by looking at a record: no change of it. */
const notOfTheRecord: readonly string[] = ['attributes', 'LastReferencedDate', 'LastViewedDate'];
const stampField = 'SystemModstamp';

/** The fields of a record that an effect is about; undefined for all of them. */
function fieldsOf({ operation, fields, before }: PlannedEffect): readonly string[] | undefined {
  if (operation === 'delete') return before && Object.keys(before);
  return Object.keys(fields);
}

/** Reads the record of an effect. */
export function imageQuery(effect: PlannedEffect, index: number, recordId: string): Subrequest {
  const names = fieldsOf(effect);
  const fields = names === undefined ? '' : `?fields=${[...new Set([...names, stampField])].sort().join(',')}`;
  const path = `/sobjects/${effect.object}/${recordId}${fields}`;
  return { method: 'GET', path, referenceId: `image${index}` };
}

/** The record as an effect sees it, and when the org last changed it. */
export function imageOf(
  effect: PlannedEffect,
  answer: Subresponse | undefined,
): { readonly image: RecordImage; readonly stamp: string } | undefined {
  if (answer?.ok !== true || !isObject(answer.body)) return undefined;
  const { body } = answer;
  const names = fieldsOf(effect) ?? Object.keys(body).filter((name) => !notOfTheRecord.includes(name));
  const stamp = body[stampField];
  if (typeof stamp !== 'string') return undefined;
  return { image: Object.fromEntries(names.toSorted().map((name) => [name, body[name] ?? null])), stamp };
}

function isObject(body: Subresponse['body']): body is JsonObject {
  return typeof body === 'object' && body !== null && !Array.isArray(body);
}
