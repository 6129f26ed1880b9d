import { expect, it } from '@jest/globals';
import type { Disposition, EffectReceipt, Verified } from '@agent-readiness/protocol/handoff';
import { checkJournal } from '../../../src/domain/reconcile/checkJournal.ts';
import type { EffectRow } from '../../../src/domain/reconcile/exports.ts';

const recordId = '5005g00000CaSeAAAV';
const row: EffectRow = { key: '1', txn: '', operation: 'update', object: 'Case', fields: ['Status'], recordId };
const receipt: EffectReceipt = {
  operation: 'update',
  object: 'Case',
  fields: ['Status'],
  record_id: recordId,
  status: 'confirmed',
  at: 0,
};

/** As much of a result as the journal is compared with. */
const result = (disposition: Disposition, effects: readonly EffectReceipt[] = []): Verified =>
  ({ kind: 'result', claims: { disposition, effects, aud: '', txn: '' } }) as unknown as Verified;

const dispatched = new Set(['act.dispatched']);

it('compares what was changed with the end, also where the question was signed again and lies behind it', () => {
  const objects = [result('approval_required'), result('executed', [receipt]), result('approval_required')];
  expect(checkJournal(objects, [row], dispatched)).toEqual([]);
});

it('lets no change pass that the end does not speak of', () => {
  const objects = [result('approval_required'), result('denied'), result('approval_required')];
  expect(checkJournal(objects, [row], dispatched)).toEqual([
    { code: 'effect_without_receipt', detail: `update Case ${recordId}` },
  ]);
});
