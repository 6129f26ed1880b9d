import { omit, type Rejection } from './rejection.ts';
import { ids, offerClaims, offerPayload, provenance, readGrant, sha256, updateGrant } from './scenario.ts';

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
  {
    of: 'offer',
    name: 'owner-of-two-lines',
    expect: 'owner_missing',
    claims: { owner: { person: 'Head of Logistics\nand nobody else', queue: 'Order_Desk' } },
  },
  {
    of: 'offer',
    name: 'workload-with-nul',
    expect: 'claim_invalid',
    claims: { req_wl: 'workload\u0000' },
  },
  { of: 'offer', name: 'payload-changed', expect: 'payload_mismatch', case: { payload: `${offerPayload} ` } },
  {
    of: 'offer',
    name: 'payload-without-utf-8',
    expect: 'payload_mismatch',
    // Encoders write U+FFFD for a lone surrogate: the bytes are those that were signed.
    claims: { payload_sha256: sha256('\ufffd') },
    case: { payload: '\ud800' },
  },
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
    name: 'action-under-another-topic',
    expect: 'action_not_in_manifest',
    claims: { rctx: { ...offerClaims.rctx, topic: 'Returns' } },
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

function exceeding(name: string, change: object): Rejection[] {
  const claims = { authorization_details: [{ ...updateGrant, ...change }] };
  return [{ of: 'offer', name: `authority-${name}`, expect: 'authority_exceeds_manifest', claims }];
}
