import { checkEffects, nearest, type EffectReceipt, type Verified } from '@agent-readiness/protocol/handoff';
import { sha256Hex } from '../sha256.ts';
import type { EffectRow } from './exports.ts';
import type { Inconsistency } from './inconsistency.ts';

type Found = Omit<Inconsistency, 'txn'>;

/**
 * Compares what the org says was changed with what results say was.
 *
 * @param events names of what the log has about the handoff
 */
export function checkJournal(
  objects: readonly Verified[],
  rows: readonly EffectRow[],
  events: ReadonlySet<string>,
): readonly Found[] {
  const results = objects.filter((object) => object.kind === 'result');
  const reverting = rows.filter((row) => isRevert(row, results) && events.has('revert.dispatched'));
  const writing = rows.filter((row) => !reverting.includes(row));
  // The last one that is an end speaks for all: the others asked, which may have been signed again since.
  const end = results.findLast(({ claims }) => claims.disposition !== 'approval_required');
  const { unmatched, missing } = match(writing, end?.claims.effects ?? []);
  const found: Found[] = [
    ...unmatched.map((row) => ({ code: 'effect_without_receipt', detail: describe(row) }) as const),
    ...missing.map(
      ({ operation, object }) => ({ code: 'receipt_without_effect', detail: `${operation} ${object}` }) as const,
    ),
  ];
  if (writing.length > 0 && !events.has('act.dispatched')) {
    found.push({ code: 'effect_not_logged', detail: 'act.dispatched' });
  }
  const accept = objects.find((object) => object.kind === 'accept');
  const last = objects.findLast((object) => object.kind === 'approval') ?? accept;
  if (accept === undefined || last === undefined || writing.length === 0) return found;
  const approvals = nearest('approval', last)?.sha256;
  const refusal = checkEffects(
    { effects: writing.map(asReceipt), approvals: approvals === undefined ? [] : [approvals] },
    accept.claims.authorization_details,
    last,
  );
  if (refusal !== undefined) found.push({ code: 'authority_exceeded', detail: `journal: ${refusal.code}` });
  return found;
}

/** Each row belongs to one receipt. `missing`: receipts that are confirmed and have no row. */
function match(rows: readonly EffectRow[], receipts: readonly EffectReceipt[]) {
  const open = [...receipts];
  const unmatched = rows.filter((row) => {
    const at = open.findIndex((receipt) => isSame(row, receipt));
    if (at >= 0) open.splice(at, 1);
    return at < 0;
  });
  return { unmatched, missing: open.filter(({ status }) => status === 'confirmed') };
}

/** The key of an undo is made of the plan that it undoes. */
function isRevert({ key }: EffectRow, results: readonly Extract<Verified, { kind: 'result' }>[]): boolean {
  return results.some(
    ({ claims: { aud, txn, plan_sha256 } }) =>
      plan_sha256 !== undefined && key.startsWith(`${sha256Hex(`${aud} ${txn} ${plan_sha256} revert`)}.`),
  );
}

function isSame({ operation, object, recordId, fields }: EffectRow, receipt: EffectReceipt): boolean {
  return (
    operation === receipt.operation &&
    object === receipt.object &&
    recordId === (receipt.record_id ?? recordId) &&
    fields.join() === receipt.fields.join()
  );
}

function asReceipt({ operation, object, fields, recordId }: EffectRow): EffectReceipt {
  const isNew = operation === 'create';
  // Of a record that is made, a grant cannot name the id.
  return { operation, object, fields, ...(isNew ? {} : { record_id: recordId }), status: 'dispatched', at: 0 };
}

function describe({ operation, object, recordId }: EffectRow): string {
  return `${operation} ${object} ${recordId}`;
}
