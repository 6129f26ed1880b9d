import type { PlannedEffect } from '../../domain/task/plannedEffect.ts';
import { recordChanged, type OrgRefusal, type OrgWrite } from '../../ports/org.ts';
import { postComposite, type Subrequest, type Subresponse } from './composite.ts';
import { journalInsert } from './journal.ts';
import type { OrgClient } from './orgClient.ts';
import { refusalOf, unreachable } from './refusal.ts';

/**
 * Changes the records and inserts the journal, in one transaction of the org. A refusal says that this
 * request has done nothing; undefined that it was carried out, or that nobody knows.
 *
 * @param stamps when the records were last changed, by the index of the effect
 */
export async function writeComposite(
  client: OrgClient,
  write: OrgWrite,
  stamps: ReadonlyMap<number, string>,
  signal: AbortSignal,
): Promise<OrgRefusal | undefined> {
  const { effects } = write;
  const guards = effects.flatMap((effect, index) => guardOf(effect, index, stamps.get(index)) ?? []);
  const changes = effects.map(changeOf);
  const rows = effects.map((effect, index) =>
    journalInsert(write, effect, index, effect.recordId ?? `@{effect${index}.id}`),
  );
  const answer = await postComposite(client, [...guards, ...changes, ...rows], true, signal);
  if (answer.kind === 'unsent') return { kind: 'unavailable', code: unreachable };
  if (answer.kind === 'refused') return refusalOf(answer.code);
  return answer.kind === 'answered' ? failureIn([...answer.answers.values()]) : undefined;
}

/**
 * Finds the record only while it has not been changed. The change goes to the record that this found, so
 * with a newer record there is nothing to change, and the whole request fails.
 */
function guardOf({ object, recordId }: PlannedEffect, index: number, stamp: string | undefined) {
  if (recordId === undefined || stamp === undefined) return undefined;
  const soql = `SELECT Id FROM ${object} WHERE Id = '${recordId}' AND SystemModstamp = ${stamp.replace('+0000', 'Z')}`;
  const path = `/query?q=${encodeURIComponent(soql)}`;
  return { method: 'GET', path, referenceId: `unchanged${index}` } satisfies Subrequest;
}

function changeOf({ operation, object, fields }: PlannedEffect, index: number): Subrequest {
  const referenceId = `effect${index}`;
  if (operation === 'create') return { method: 'POST', path: `/sobjects/${object}`, referenceId, body: fields };
  const path = `/sobjects/${object}/@{unchanged${index}.records[0].Id}`;
  return operation === 'delete'
    ? { method: 'DELETE', path, referenceId }
    : { method: 'PATCH', path, referenceId, body: fields };
}

/** Everything but the first failure is halted; where all is halted, a record was not found unchanged. */
function failureIn(answers: readonly Subresponse[]): OrgRefusal | undefined {
  const failed = answers.filter(({ ok }) => !ok);
  if (failed.length === 0) return undefined;
  const code = failed.flatMap(({ codes }) => codes).find((each) => each !== 'PROCESSING_HALTED');
  return code === undefined ? { kind: 'rejected', code: recordChanged } : refusalOf(code);
}
