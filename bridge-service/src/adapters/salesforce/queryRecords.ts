import { z } from 'zod';
import type { JsonObject, JsonValue } from '../../domain/json.ts';
import { apiNameSchema, isRecordId } from '../../domain/task/apiNames.ts';
import type { OrgQuery, OrgRecord, OrgRecords } from '../../ports/org.ts';
import { errorCodesOf } from './errorCodes.ts';
import type { OrgClient } from './orgClient.ts';
import { refusalOf, unreachable } from './refusal.ts';

const answerSchema = z.object({
  done: z.literal(true),
  records: z.array(z.record(z.string(), z.json())),
});

const noAnswer = { kind: 'unavailable', code: 'ORG_NO_ANSWER' } as const;

/** Records as the integration user sees them: object, field and record rights are those of the org. */
export async function queryRecords(client: OrgClient, query: OrgQuery, signal: AbortSignal): Promise<OrgRecords> {
  const soql = soqlOf(query);
  if (soql === undefined) return { kind: 'rejected', code: 'QUERY_NOT_PLAIN' };
  const sent = await client.get(`${client.basePath}/query?q=${encodeURIComponent(soql)}`, signal);
  if (sent.kind === 'unsent') return { kind: 'unavailable', code: unreachable };
  if (sent.kind === 'unknown') return noAnswer;
  const [code] = errorCodesOf(sent.body);
  if (code !== undefined) return refusalOf(code);
  const parsed = answerSchema.safeParse(sent.body);
  if (sent.status !== 200 || !parsed.success) return noAnswer;
  const records = parsed.data.records.map((record) => recordOf(record, query.fields));
  const isAnswer = records.length <= query.limit && records.every((record) => record !== undefined);
  // More than was asked for, or records without what was asked for, answer another question.
  return isAnswer ? { kind: 'read', records } : noAnswer;
}

function recordOf(record: JsonObject, names: readonly string[]): OrgRecord | undefined {
  const id = record['Id'];
  const fields: Record<string, JsonValue> = {};
  for (const name of names) {
    const value = record[name];
    if (value === undefined) return undefined;
    fields[name] = value;
  }
  return isRecordId(id) ? { id, fields } : undefined;
}

/** Names and ids only, each checked: nothing in the text of the query comes from a person or a model. */
function soqlOf({ object, fields, where, limit }: OrgQuery): string | undefined {
  const names = [object, where.field, ...fields];
  const isPlain = names.every((name) => apiNameSchema.safeParse(name).success) && isRecordId(where.recordId);
  if (!isPlain || !Number.isInteger(limit) || limit < 1) return undefined;
  const selected = [...new Set(['Id', ...fields])].join(', ');
  const newestFirst = where.field === 'Id' ? '' : ' ORDER BY Id DESC';
  return `SELECT ${selected} FROM ${object} WHERE ${where.field} = '${where.recordId}'${newestFirst} LIMIT ${limit}`;
}
