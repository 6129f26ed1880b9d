import { z } from 'zod';
import type { PlannedEffect } from '../../domain/task/plannedEffect.ts';
import type { OrgWrite } from '../../ports/org.ts';
import type { Subrequest, Subresponse } from './composite.ts';

/** One row for each effect, inserted together with it. The unique key makes a second write fail as a whole. */
const object = 'Handoff_Effect__c';

const rowsSchema = z.object({ records: z.array(z.object({ Key__c: z.string(), Record_Id__c: z.string() })) });

/** The rows of a write, in the order of its effects. */
export function journalQuery({ effectKey, effects }: OrgWrite): Subrequest {
  const keys = effects.map((_, index) => `'${keyOf(effectKey, index)}'`).join(', ');
  const soql = `SELECT Key__c, Record_Id__c FROM ${object} WHERE Key__c IN (${keys}) ORDER BY Key__c`;
  return { method: 'GET', path: `/query?q=${encodeURIComponent(soql)}`, referenceId: 'journal' };
}

/** Every row of the handoff, whatever plan it is of. */
export function handoffQuery({ txn }: OrgWrite): Subrequest {
  const soql = `SELECT Key__c, Record_Id__c FROM ${object} WHERE Txn__c = '${txn}'`;
  return { method: 'GET', path: `/query?q=${encodeURIComponent(soql)}`, referenceId: 'handoff' };
}

/** Whether a plan was carried out that is neither this one nor known to have come before it. */
export function hasOtherPlan(answer: Subresponse | undefined, { effectKey, earlierKeys }: OrgWrite): boolean {
  const rows = rowsSchema.safeParse(answer?.body);
  // What cannot be read may hold one.
  if (answer?.ok !== true || !rows.success) return true;
  const known = [effectKey, ...earlierKeys];
  return rows.data.records.some(({ Key__c }) => !known.some((key) => Key__c.startsWith(`${key}.`)));
}

/** A reference to the record of an effect that created it, in a composite that holds {@link journalQuery}. */
export function recordInJournal(index: number): string {
  return `@{journal.records[${index}].Record_Id__c}`;
}

/** Ids of the records that were written; undefined while nothing was. */
export function writtenRecords(answer: Subresponse | undefined, effects: number): readonly string[] | undefined {
  const rows = rowsSchema.safeParse(answer?.body);
  if (answer?.ok !== true || !rows.success) return undefined;
  const { records } = rows.data;
  // One transaction wrote them: all are there, or none is.
  return records.length === effects ? records.map(({ Record_Id__c }) => Record_Id__c) : undefined;
}

export function journalInsert(
  { effectKey, txn }: OrgWrite,
  { operation, object: changed, fields }: PlannedEffect,
  index: number,
  recordId: string,
): Subrequest {
  return {
    method: 'POST',
    path: `/sobjects/${object}`,
    referenceId: `journal${index}`,
    body: {
      Key__c: keyOf(effectKey, index),
      Txn__c: txn,
      Operation__c: operation,
      Object__c: changed,
      Fields__c: Object.keys(fields).sort().join(','),
      Record_Id__c: recordId,
    },
  };
}

/** Two digits, so that the order of the keys is the order of the effects. */
function keyOf(effectKey: string, index: number): string {
  return `${effectKey}.${String(index).padStart(2, '0')}`;
}
