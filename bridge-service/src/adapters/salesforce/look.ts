import { canonicalJson } from '@agent-readiness/protocol';
import type { PlannedEffect } from '../../domain/task/plannedEffect.ts';
import {
  recordChanged,
  writtenBefore,
  type OrgOutcome,
  type OrgReading,
  type OrgRefusal,
  type OrgWrite,
} from '../../ports/org.ts';
import { postComposite, type Subresponse } from './composite.ts';
import { imageOf, imageQuery } from './images.ts';
import { handoffQuery, hasOtherPlan, journalQuery, recordInJournal, writtenRecords } from './journal.ts';
import type { OrgClient } from './orgClient.ts';
import { readRefusal, refusalOf } from './refusal.ts';

/**
 * `open`: nothing was written, and the records are still as the plan has them; `stamps` say since when, by
 * the index of the effect.
 */
export type Look =
  | Extract<OrgOutcome, { kind: 'confirmed' }>
  | { readonly kind: 'open'; readonly stamps: ReadonlyMap<number, string> }
  | OrgRefusal;

/** Whether a write has happened, and if not, whether it still may. Changes nothing. */
export async function lookAt(client: OrgClient, write: OrgWrite, signal: AbortSignal): Promise<Look> {
  const { effects } = write;
  const images = effects.map((effect, index) => imageQuery(effect, index, effect.recordId ?? recordInJournal(index)));
  const answer = await postComposite(client, [journalQuery(write), handoffQuery(write), ...images], false, signal);
  if (answer.kind !== 'answered') return readRefusal(answer);
  const journal = answer.answers.get('journal');
  if (journal?.ok !== true) return refusalOf(journal?.codes[0] ?? 'UNKNOWN_EXCEPTION');
  const imagesRead = effects.map((_, index) => answer.answers.get(`image${index}`));
  const written = writtenRecords(journal, effects.length);
  if (written !== undefined) return confirm(effects, imagesRead, written);
  if (hasOtherPlan(answer.answers.get('handoff'), write)) return { kind: 'rejected', code: writtenBefore };
  return compare(effects, imagesRead);
}

/** The records that effects would change, as they are. */
export async function readImages(
  client: OrgClient,
  effects: readonly PlannedEffect[],
  signal: AbortSignal,
): Promise<OrgReading> {
  const queries = effects.flatMap((effect, index) =>
    effect.recordId === undefined ? [] : [imageQuery(effect, index, effect.recordId)],
  );
  if (queries.length === 0) return { kind: 'read', images: effects.map(() => undefined) };
  const answer = await postComposite(client, queries, false, signal);
  if (answer.kind !== 'answered') return readRefusal(answer);
  const read = effects.map((effect, index) => imageOf(effect, answer.answers.get(`image${index}`)));
  const missing = effects.findIndex(({ recordId }, index) => recordId !== undefined && read[index] === undefined);
  if (missing >= 0) return refusalOf(answer.answers.get(`image${missing}`)?.codes[0] ?? 'UNKNOWN_EXCEPTION');
  return { kind: 'read', images: read.map((each) => each?.image) };
}

function compare(effects: readonly PlannedEffect[], images: readonly (Subresponse | undefined)[]): Look {
  const stamps = new Map<number, string>();
  for (const [index, effect] of effects.entries()) {
    if (effect.recordId === undefined) continue;
    const now = imageOf(effect, images[index]);
    if (now === undefined) return refusalOf(images[index]?.codes[0] ?? 'UNKNOWN_EXCEPTION');
    if (canonicalJson(now.image) !== canonicalJson(effect.before ?? null)) {
      return { kind: 'rejected', code: recordChanged };
    }
    stamps.set(index, now.stamp);
  }
  return { kind: 'open', stamps };
}

function confirm(
  effects: readonly PlannedEffect[],
  images: readonly (Subresponse | undefined)[],
  written: readonly string[],
): Look {
  return {
    kind: 'confirmed',
    effects: effects.map((effect, index) => {
      const recordId = written[index] ?? '';
      if (effect.operation === 'delete') return { recordId };
      // Gone or hidden by now: then what was written is what is known.
      return { recordId, after: imageOf(effect, images[index])?.image ?? effect.fields };
    }),
  };
}
