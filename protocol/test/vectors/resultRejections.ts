import type { ResultClaims } from '@agent-readiness/protocol/handoff';
import { strangerLogKey } from './keys.ts';
import { resultClaims, updatedOrder } from './objectCases.ts';
import { omit, type Rejection } from './rejection.ts';
import { ids, logOrigin, orgParty, sha256, start, uuid } from './scenario.ts';
import { logWith } from './testLog.ts';

/** Changes to the executed result; the log entry is made anew, so that only the named thing is wrong. */
const resultChanges: Readonly<Record<string, { expect: string; changes: Partial<ResultClaims> }>> = {
  'another-record': {
    expect: 'effect_outside_authority',
    changes: { effects: [{ ...updatedOrder, record_id: ids.otherOrder }] },
  },
  'no-before-image': {
    expect: 'claim_invalid',
    changes: { effects: [omit(updatedOrder, 'before_sha256')] },
  },
  'no-after-image': { expect: 'claim_invalid', changes: { effects: [omit(updatedOrder, 'after_sha256')] } },
  'another-field': {
    expect: 'effect_outside_authority',
    changes: { effects: [{ ...updatedOrder, fields: ['Status'] }] },
  },
  'another-operation': {
    expect: 'effect_outside_authority',
    changes: { effects: [{ ...updatedOrder, operation: 'delete' }] },
  },
  'narrowed-away': {
    expect: 'effect_outside_authority',
    changes: {
      effects: [{ operation: 'send-message', object: 'email', fields: [], status: 'confirmed', at: start + 39 }],
    },
  },
  'no-record-named': { expect: 'effect_outside_authority', changes: { effects: [omit(updatedOrder, 'record_id')] } },
  'no-approval-used': { expect: 'effect_without_approval', changes: { approvals: [] } },
  'approval-of-elsewhere': { expect: 'effect_without_approval', changes: { approvals: [sha256('elsewhere')] } },
  'blocked-but-done': { expect: 'disposition_inconsistent', changes: { disposition: 'blocked' } },
  'executed-but-not-confirmed': {
    expect: 'disposition_inconsistent',
    changes: { effects: [{ ...updatedOrder, status: 'dispatched' }] },
  },
  'waiting-for-no-plan': {
    expect: 'disposition_inconsistent',
    changes: { disposition: 'approval_required', effects: [] },
  },
  'timed-out-after-dispatch': {
    expect: 'ok',
    changes: { disposition: 'timed_out', effects: [{ ...updatedOrder, status: 'dispatched' }] },
  },
  denied: { expect: 'ok', changes: { disposition: 'denied', effects: [], approvals: [] } },
  dearer: { expect: 'cost_widened', changes: { cost_usd_micros: 200_001 } },
  'other-manifest': {
    expect: 'manifest_mismatch',
    changes: { digests: { policy: sha256('bridge policy'), manifest: sha256('other'), release: sha256('release') } },
  },
  'blank-owner': { expect: 'owner_missing', changes: { owner: { person: '', queue: 'bridge-duty' } } },
  'broken-prev': { expect: 'prev_broken', changes: { prev: sha256('another approval') } },
};

/** No rejection: a denial after the same accept as the result that asked, for it may never have arrived. */
async function undecided(valid: ResultClaims): Promise<Rejection> {
  const claims = await resultClaims(valid.prev, 4, { ...omit(valid, 'plan_sha256'), disposition: 'denied' });
  return { of: 'waiting-result', name: 'undecided', expect: 'ok', without: ['plan_sha256'], claims };
}

/** Rejections of a result; `valid` is the executed one, `waiting` the one that asks for a person. */
export async function resultRejections(valid: ResultClaims, waiting: ResultClaims): Promise<Rejection[]> {
  const changed = Object.entries(resultChanges).map(async ([name, { expect, changes }]): Promise<Rejection> => {
    return { of: 'result', name, expect, claims: await resultClaims(valid.prev, 4, { ...valid, ...changes }) };
  });
  const { log } = valid;
  const [firstHash = '', ...otherHashes] = log.proof;
  const stranger = await logWith(valid, 5, 7, { origin: logOrigin, key: strangerLogKey });
  const otherLog = await logWith(valid, 5, 7, { origin: 'bridge.example.com/other' });
  const ofLog = (name: string, expect: string, changes: Partial<ResultClaims['log']>): Rejection => ({
    of: 'result',
    name,
    expect,
    claims: { log: { ...log, ...changes } },
  });
  return [
    ...(await Promise.all(changed)),
    { of: 'result', name: 'after-a-result', expect: 'order_wrong', case: { previous: 'waiting-result' } },
    await undecided(waiting),
    { of: 'result', name: 'payload-changed', expect: 'payload_mismatch', case: { payload: '{}' } },
    ofLog('proof-of-another-index', 'inclusion_invalid', { index: 4 }),
    ofLog('proof-cut', 'inclusion_invalid', { proof: otherHashes }),
    ofLog('proof-longer', 'inclusion_invalid', { proof: [...log.proof, firstHash] }),
    ofLog('another-salt', 'inclusion_invalid', { salt: sha256('another') }),
    ofLog('event-of-another-txn', 'receipt_mismatch', { event: { ...log.event, txn: uuid(2) } }),
    ofLog('event-of-another-party', 'receipt_mismatch', { event: { ...log.event, party: orgParty } }),
    ofLog('event-of-another-result', 'receipt_mismatch', {
      event: { ...log.event, content_sha256: sha256('another') },
    }),
    { of: 'result', name: 'not-what-was-logged', expect: 'receipt_mismatch', claims: { cost_usd_micros: 1_235 } },
    ofLog('checkpoint-of-a-stranger', 'note_unsigned', { checkpoint: stranger.checkpoint }),
    ofLog('checkpoint-of-another-log', 'note_unsigned', { checkpoint: otherLog.checkpoint }),
    ofLog('checkpoint-tampered', 'note_signature_invalid', { checkpoint: log.checkpoint.replace('\n7\n', '\n8\n') }),
    ofLog('checkpoint-not-a-note', 'note_malformed', { checkpoint: 'hello' }),
  ];
}
