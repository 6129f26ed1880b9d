import { planSha256 } from '@agent-readiness/protocol/handoff';
import type { Rejection } from './rejection.ts';
import { ids, messageGrant, plan, readGrant, sha256, start, updateGrant, uuid } from './scenario.ts';

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

const otherPlan = { ...plan, tool: 'delete_record' };

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
  {
    of: 'approval',
    name: 'over-a-plan-nobody-asked-about',
    expect: 'approval_plan_mismatch',
    claims: { over: planSha256(otherPlan) },
    case: { plan: otherPlan },
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
