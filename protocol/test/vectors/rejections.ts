import type { ResultClaims } from '@agent-readiness/protocol/handoff';
import { strangerLogKey, testKeys } from './keys.ts';
import type { Forgery } from './objectCases.ts';
import { resultClaims, updatedOrder } from './objectCases.ts';
import {
  ids,
  logOrigin,
  messageGrant,
  offerClaims,
  offerPayload,
  plan,
  provenance,
  readGrant,
  sha256,
  start,
  updateGrant,
  uuid,
} from './scenario.ts';
import { logWith } from './testLog.ts';

/** A wrong object: which valid one it imitates, what is wrong, and the code that must be given. */
export interface Rejection extends Forgery {
  readonly of: string;
  readonly name: string;
  readonly expect: string;
}

const split = (compact: string): [string, string, string] => {
  const [header = '', claims = '', signature = ''] = compact.split('.');
  return [header, claims, signature];
};
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** What any of the six objects must be refused for; shown once each. */
export const envelopeRejections: readonly Rejection[] = [
  {
    of: 'offer',
    name: 'tampered-claims',
    expect: 'signature_invalid',
    mangle: (compact) => {
      const [header, claims, signature] = split(compact);
      const text = Buffer.from(claims, 'base64url').toString().replace('250000', '950000');
      return `${header}.${base64url(text)}.${signature}`;
    },
  },
  {
    of: 'offer',
    name: 'tampered-signature',
    expect: 'signature_invalid',
    mangle: (compact) =>
      compact.replace(/\.(.)([^.]*)$/, (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}`),
  },
  {
    of: 'offer',
    name: 'signature-of-another-spelling',
    expect: 'envelope_malformed',
    // The last character carries four unused bits: lenient decoders ignore them.
    mangle: (compact) => compact.slice(0, -1) + String.fromCharCode(compact.charCodeAt(compact.length - 1) + 1),
  },
  {
    of: 'offer',
    name: 'padded-base64',
    expect: 'envelope_malformed',
    mangle: (compact) => `${compact}==`,
  },
  {
    of: 'offer',
    name: 'no-signature-part',
    expect: 'envelope_malformed',
    mangle: (compact) => split(compact).slice(0, 2).join('.'),
  },
  { of: 'offer', name: 'empty', expect: 'envelope_malformed', mangle: () => '' },
  {
    of: 'offer',
    name: 'alg-none',
    expect: 'alg_forbidden',
    header: { alg: 'none' },
    mangle: (compact) => `${split(compact).slice(0, 2).join('.')}.`,
  },
  { of: 'offer', name: 'alg-hs256', expect: 'alg_forbidden', header: { alg: 'HS256' } },
  { of: 'offer', name: 'alg-ps256', expect: 'alg_forbidden', header: { alg: 'PS256' } },
  { of: 'offer', name: 'typ-of-another-kind', expect: 'typ_wrong', header: { typ: 'handoff-close+jwt' } },
  { of: 'offer', name: 'typ-jwt', expect: 'typ_wrong', header: { typ: 'JWT' } },
  {
    of: 'offer',
    name: 'header-with-jwk',
    expect: 'header_invalid',
    header: { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } },
  },
  { of: 'offer', name: 'header-with-crit', expect: 'header_invalid', header: { crit: ['exp'] } },
  { of: 'offer', name: 'unknown-issuer', expect: 'issuer_unknown', key: testKeys.stranger },
  {
    of: 'offer',
    name: 'stranger-under-pinned-thumbprint',
    expect: 'signature_invalid',
    key: testKeys.stranger,
    header: { 'x5t#S256': testKeys.org.thumbprint },
  },
  { of: 'offer', name: 'signed-by-the-bridge', expect: 'issuer_mismatch', key: testKeys.bridge },
  {
    of: 'offer',
    name: 'issued-by-the-bridge',
    expect: 'issuer_role',
    key: testKeys.bridge,
    claims: { iss: 'https://bridge.example.com' },
  },
  {
    of: 'offer',
    name: 'certificate-expired',
    expect: 'key_expired',
    claims: { iat: 2_500_000_000, nbf: 2_500_000_000, exp: 2_500_000_120 },
    case: { now: 2_500_000_002 },
  },
  {
    of: 'offer',
    name: 'duplicate-claim',
    expect: 'envelope_malformed',
    text: (valid) => valid.replace('{', '{"sub":"x",'),
  },
  { of: 'offer', name: 'claims-not-json', expect: 'envelope_malformed', text: (valid) => valid.slice(1) },
  { of: 'offer', name: 'claims-a-list', expect: 'envelope_malformed', text: (valid) => `[${valid}]` },
  { of: 'offer', name: 'unknown-claim', expect: 'claim_unknown', claims: { scope: 'everything' } },
  {
    of: 'offer',
    name: 'other-audience',
    expect: 'audience_wrong',
    claims: { aud: 'https://other-bridge.example.com' },
  },
  { of: 'offer', name: 'audience-list', expect: 'claim_invalid', claims: { aud: ['https://bridge.example.com'] } },
  { of: 'offer', name: 'expired', expect: 'expired', case: { now: start + 150 } },
  { of: 'offer', name: 'expired-within-skew', expect: 'ok', case: { now: start + 149 } },
  { of: 'offer', name: 'issued-in-future', expect: 'issued_in_future', case: { now: start - 31 } },
  { of: 'offer', name: 'issued-in-future-within-skew', expect: 'ok', case: { now: start - 30 } },
  {
    of: 'offer',
    name: 'not-yet-valid',
    expect: 'not_yet_valid',
    claims: { nbf: start + 60 },
    case: { now: start + 29 },
  },
  { of: 'offer', name: 'lives-too-long', expect: 'lifetime_too_long', claims: { exp: start + 121 } },
  { of: 'offer', name: 'expires-before-valid', expect: 'claim_invalid', claims: { exp: start } },
  { of: 'offer', name: 'fractional-time', expect: 'claim_invalid', claims: { iat: start + 0.5 } },
];

export const offerRejections: readonly Rejection[] = [
  { of: 'offer', name: 'no-owner', expect: 'owner_missing', without: ['owner'] },
  {
    of: 'offer',
    name: 'blank-owner',
    expect: 'owner_missing',
    claims: { owner: { person: ' ', queue: 'Order_Desk' } },
  },
  {
    of: 'offer',
    name: 'blank-queue',
    expect: 'owner_missing',
    claims: { owner: { person: 'Head of Logistics', queue: '' } },
  },
  { of: 'offer', name: 'payload-changed', expect: 'payload_mismatch', case: { payload: `${offerPayload} ` } },
  {
    of: 'offer',
    name: 'authority-set-by-model',
    expect: 'provenance_model',
    claims: { prov: { ...provenance, authorization_details: 'model' } },
  },
  {
    of: 'offer',
    name: 'cost-set-by-model',
    expect: 'provenance_model',
    claims: { prov: { ...provenance, 'tctx.max_cost_usd_micros': 'model' } },
  },
  {
    of: 'offer',
    name: 'subject-set-by-model',
    expect: 'provenance_model',
    claims: { prov: { ...provenance, sub: 'model' } },
  },
  {
    of: 'offer',
    name: 'owner-set-by-model',
    expect: 'provenance_model',
    claims: { prov: { ...provenance, owner: 'model' } },
  },
  {
    of: 'offer',
    name: 'request-id-set-by-model',
    expect: 'provenance_invalid',
    claims: { prov: { ...provenance, 'rctx.request_id': 'model' } },
  },
  {
    of: 'offer',
    name: 'provenance-missing',
    expect: 'provenance_missing',
    claims: { prov: omit(provenance, 'owner') },
  },
  {
    of: 'offer',
    name: 'provenance-of-absent-claim',
    expect: 'provenance_invalid',
    claims: { prov: { ...provenance, scope: 'config' } },
  },
  {
    of: 'offer',
    name: 'contact-unverified-writes',
    expect: 'subject_read_only',
    claims: { sub: ids.contact, sub_kind: 'contact', sub_auth: 'unverified' },
  },
  {
    of: 'offer',
    name: 'contact-unverified-reads',
    expect: 'ok',
    claims: { sub: ids.contact, sub_kind: 'contact', sub_auth: 'unverified', authorization_details: [readGrant] },
  },
  { of: 'offer', name: 'user-unverified', expect: 'claim_invalid', claims: { sub_auth: 'unverified' } },
  { of: 'offer', name: 'short-user-id', expect: 'claim_invalid', claims: { sub: ids.requester.slice(0, 15) } },
  { of: 'offer', name: 'other-manifest', expect: 'manifest_mismatch', claims: { manifest: sha256('other') } },
  {
    of: 'offer',
    name: 'action-not-reviewed',
    expect: 'action_not_in_manifest',
    claims: { rctx: { ...offerClaims.rctx, action: 'Refund_Order' } },
  },
  {
    of: 'offer',
    name: 'authority-of-another-action',
    expect: 'authority_exceeds_manifest',
    claims: { rctx: { ...offerClaims.rctx, action: 'Cancel_Order' } },
  },
  ...exceeding('more-fields', { fields: ['Delivery_Date__c', 'TotalAmount'] }),
  ...exceeding('any-field', { fields: ['*'] }),
  ...exceeding('another-object', { object: 'Contact' }),
  ...exceeding('another-operation', { operation: 'delete' }),
  ...exceeding('more-records', { extentLimit: 6 }),
  ...exceeding('unbounded', { extent: 'unbounded', extentLimit: undefined }),
  ...exceeding('system-mode', { identity: 'system' }),
  ...exceeding('weaker-gate', { gate: 'confirmed' }),
  ...exceeding('irreversible', { reversibility: 'irreversible' }),
  { of: 'offer', name: 'no-authority', expect: 'ok', claims: { authorization_details: [] } },
];

export const answerRejections: readonly Rejection[] = [
  { of: 'accept', name: 'broken-prev', expect: 'prev_broken', claims: { prev: sha256('another offer') } },
  { of: 'accept', name: 'no-prev', expect: 'claim_invalid', without: ['prev'] },
  { of: 'accept', name: 'other-txn', expect: 'txn_mismatch', claims: { txn: uuid(2) } },
  { of: 'accept', name: 'after-an-accept', expect: 'order_wrong', case: { previous: 'accept' } },
  { of: 'accept', name: 'blank-owner', expect: 'owner_missing', claims: { owner: { person: '', queue: '' } } },
  { of: 'accept', name: 'other-manifest', expect: 'manifest_mismatch', claims: { manifest: sha256('other') } },
  {
    of: 'accept',
    name: 'more-records-named',
    expect: 'authority_widened',
    claims: { authorization_details: [{ ...updateGrant, recordIds: undefined }] },
  },
  {
    of: 'accept',
    name: 'more-records',
    expect: 'authority_widened',
    claims: { authorization_details: [{ ...updateGrant, extentLimit: 3 }] },
  },
  {
    of: 'accept',
    name: 'no-approval-any-more',
    expect: 'authority_widened',
    claims: { authorization_details: [{ ...updateGrant, gate: 'none' }] },
  },
  {
    of: 'accept',
    name: 'another-effect',
    expect: 'authority_widened',
    claims: { authorization_details: [{ ...messageGrant, object: 'sms' }] },
  },
  {
    of: 'accept',
    name: 'same-authority',
    expect: 'ok',
    claims: { authorization_details: [updateGrant, messageGrant, readGrant], max_cost_usd_micros: 250_000 },
  },
  { of: 'accept', name: 'dearer', expect: 'cost_widened', claims: { max_cost_usd_micros: 250_001 } },
  { of: 'refuse', name: 'no-reason', expect: 'claim_invalid', claims: { reason: '' } },
  { of: 'refuse', name: 'broken-prev', expect: 'prev_broken', claims: { prev: sha256('another offer') } },
  { of: 'close', name: 'broken-prev', expect: 'prev_broken', claims: { prev: sha256('another result') } },
  {
    of: 'close',
    name: 'other-checkpoint',
    expect: 'checkpoint_mismatch',
    claims: { checkpoint_sha256: sha256('rewritten') },
  },
  { of: 'close', name: 'no-owner', expect: 'owner_missing', without: ['owner'] },
];

export const approvalRejections: readonly Rejection[] = [
  {
    of: 'approval',
    name: 'plan-changed',
    expect: 'approval_plan_mismatch',
    case: { plan: { ...plan, arguments: { object: 'Order', id: ids.otherOrder } } },
  },
  {
    of: 'approval',
    name: 'plan-for-another-actor',
    expect: 'approval_plan_mismatch',
    case: { plan: { ...plan, actor: { sub: 'Order_Agent', version: 'v4' } } },
  },
  {
    of: 'approval',
    name: 'over-another-plan',
    expect: 'approval_plan_mismatch',
    claims: { over: sha256('another plan') },
  },
  { of: 'approval', name: 'no-plan', expect: 'plan_invalid', case: { plan: { tool: 'update_record' } } },
  {
    of: 'approval',
    name: 'plan-expired',
    expect: 'approval_expired',
    claims: { iat: start + 1790, nbf: start + 1790, exp: start + 2690 },
    case: { now: start + 1800 },
  },
  { of: 'approval', name: 'expired', expect: 'expired', case: { now: start + 960 } },
  { of: 'approval', name: 'rejected', expect: 'approval_rejected', claims: { decision: 'rejected' } },
  { of: 'approval', name: 'reused', expect: 'approval_reused', case: { wasUsed: true } },
  { of: 'approval', name: 'by-the-requester', expect: 'approver_is_requester', claims: { sub: ids.requester } },
  { of: 'approval', name: 'by-the-agent', expect: 'approver_is_agent', claims: { sub: ids.agentUser } },
  {
    of: 'approval',
    name: 'by-the-integration-user',
    expect: 'approver_is_integration_user',
    claims: { sub: ids.integrationUser },
  },
  {
    of: 'approval',
    name: 'by-the-requester-in-15-characters',
    expect: 'claim_invalid',
    claims: { sub: ids.requester.slice(0, 15) },
  },
  {
    of: 'approval',
    name: 'by-the-requester-in-another-case',
    expect: 'claim_invalid',
    claims: { sub: ids.requester.toLowerCase() },
  },
  { of: 'approval', name: 'by-no-user', expect: 'claim_invalid', claims: { sub: ids.contact } },
  { of: 'approval', name: 'broken-prev', expect: 'prev_broken', claims: { prev: sha256('another result') } },
];

/** Changes to the executed result; the log entry is made anew, so that only the named thing is wrong. */
const resultChanges: Readonly<Record<string, { expect: string; changes: Partial<ResultClaims> }>> = {
  'another-record': {
    expect: 'effect_outside_authority',
    changes: { effects: [{ ...updatedOrder, record_id: ids.otherOrder }] },
  },
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

/** Rejections of a result; `valid` is the executed one. */
export async function resultRejections(valid: ResultClaims): Promise<Rejection[]> {
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
    { of: 'result', name: 'payload-changed', expect: 'payload_mismatch', case: { payload: '{}' } },
    ofLog('proof-of-another-index', 'inclusion_invalid', { index: 4 }),
    ofLog('proof-cut', 'inclusion_invalid', { proof: otherHashes }),
    ofLog('proof-longer', 'inclusion_invalid', { proof: [...log.proof, firstHash] }),
    ofLog('another-entry', 'inclusion_invalid', { commitment: sha256('another') }),
    ofLog('checkpoint-of-a-stranger', 'note_unsigned', { checkpoint: stranger.checkpoint }),
    ofLog('checkpoint-of-another-log', 'note_unsigned', { checkpoint: otherLog.checkpoint }),
    ofLog('checkpoint-tampered', 'note_signature_invalid', { checkpoint: log.checkpoint.replace('\n7\n', '\n8\n') }),
    ofLog('checkpoint-not-a-note', 'note_malformed', { checkpoint: 'hello' }),
  ];
}

function exceeding(name: string, change: object): Rejection[] {
  const claims = { authorization_details: [{ ...updateGrant, ...change }] };
  return [{ of: 'offer', name: `authority-${name}`, expect: 'authority_exceeds_manifest', claims }];
}

function omit<T extends object, K extends keyof T>(object: T, name: K): Omit<T, K> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)) as Omit<T, K>;
}
