import { createHash, randomUUID } from 'node:crypto';
import { manifestSha256, type Manifest } from '@agent-readiness/protocol';
import {
  createObject,
  provenanceRules,
  type ApprovalClaims,
  type CloseClaims,
  type Grant,
  type Message,
  type OfferClaims,
  type Signer,
  type Verified,
} from '@agent-readiness/protocol/handoff';
import { bridgeParty, orgParty, orgSigner, valueOf } from './parties.ts';

export const ids = {
  requester: '0055g00000AbCdEAAV',
  agentUser: '0055g00000AgEnTAAV',
  approver: '0055g00000ApPrOAAV',
  integrationUser: '0055g00000InTeGAAV',
  order: '8015g00000OrDeRAAV',
  case: '5005g00000CaSeAAAV',
  otherCase: '5005g00000OtHeRAAV',
  policy: 'ka05g00000PoLiCAAV',
} as const;

const refundFields = ['Amount__c', 'Order__c', 'Reason__c', 'Status__c'];
const createRefund = {
  operation: 'create',
  object: 'Refund__c',
  fields: refundFields,
  extent: 'one',
  identity: 'user',
  reversibility: 'reversible',
} as const;
const updateCase = {
  operation: 'update',
  object: 'Case',
  fields: ['Status'],
  extent: 'one',
  identity: 'user',
  reversibility: 'reversible',
} as const;

/** What was reviewed: refunds behind no gate of the platform, and a summary that changes nothing. */
export const manifest: Manifest = {
  schemaVersion: 1,
  actions: [
    {
      agent: 'Order_Agent',
      topic: 'Refunds',
      action: 'Review_Refund',
      effects: [
        { ...createRefund, fields: [...refundFields], gate: 'none', certainty: 'proven' },
        { ...updateCase, fields: ['Status'], gate: 'none', certainty: 'proven' },
      ],
    },
    { agent: 'Order_Agent', topic: 'Refunds', action: 'Summarise_Case', effects: [] },
  ],
};

export const refundGrants: readonly Grant[] = [
  { type: 'salesforce_effect', ...createRefund, fields: [...refundFields], gate: 'none' },
  { type: 'salesforce_effect', ...updateCase, fields: ['Status'], gate: 'none', recordIds: [ids.case] },
];

const refundInput = {
  case: { id: ids.case, subject: 'Lamp arrived broken', description: 'I am Maria Lopez and the foot is cracked.' },
  order: { id: ids.order },
  policy: { id: ids.policy },
};

export const summaryInput = {
  case: { id: ids.case, subject: 'Delivery', description: 'Maria Lopez asks when it comes.', comments: [] },
};

export interface OfferOptions {
  readonly nowMs: number;
  readonly task?: 'refund-review' | 'case-summary';
  readonly payload?: string;
  readonly claims?: Partial<OfferClaims>;
  readonly maxCostUsdMicros?: number;
  readonly signer?: Signer;
}

const prov: OfferClaims['prov'] = Object.fromEntries(
  Object.entries(provenanceRules).map(([claim, { from }]) => [claim, from[0] ?? 'config']),
);

/** A genuine offer, and the HTTP body that carries it. */
export async function newOffer({
  nowMs,
  task = 'refund-review',
  payload = JSON.stringify(task === 'refund-review' ? refundInput : summaryInput),
  claims = {},
  maxCostUsdMicros = 250_000,
  signer = orgSigner,
}: OfferOptions): Promise<{ readonly offer: Verified<'offer'>; readonly message: Message }> {
  const iat = Math.floor(nowMs / 1_000);
  const all: OfferClaims = {
    iss: orgParty,
    aud: bridgeParty,
    iat,
    nbf: iat,
    exp: iat + 120,
    jti: randomUUID(),
    txn: randomUUID(),
    att: 1,
    sub: ids.requester,
    sub_kind: 'user',
    sub_auth: 'login',
    act: { sub: 'Order_Agent', version: 'v3' },
    run_as: ids.agentUser,
    req_wl: 'HandOffToBridge.run',
    rctx: {
      request_id: 'TID:312000a5b1c2',
      quiddity: 'INVOCABLE_ACTION',
      session: { ref: randomUUID(), kind: 'messaging_session' },
      topic: 'Refunds',
      action: task === 'refund-review' ? 'Review_Refund' : 'Summarise_Case',
      channel: 'web',
    },
    tctx: {
      task_type: task,
      purpose: 'The customer asked for a refund',
      record_ids: [ids.case],
      due: iat + 3_600,
      max_cost_usd_micros: maxCostUsdMicros,
    },
    authorization_details: task === 'refund-review' ? [...refundGrants] : [],
    data_classes: [],
    masking_hints: { 'Case.Description': 'PERSON' },
    owner: { person: 'Head of Service', queue: 'Service_Desk' },
    approvals: [],
    policy: sha256('policy'),
    manifest: manifestSha256(manifest),
    trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    payload_sha256: sha256(payload),
    prov,
    ...claims,
  };
  const offer = valueOf(await createObject('offer', all, signer));
  return { offer, message: { envelope: offer.compact, payload } };
}

/** A person's decision over the plan that a result asks about. */
export async function newApproval(
  result: Verified<'result'>,
  nowMs: number,
  claims: Partial<ApprovalClaims> = {},
  signer: Signer = orgSigner,
): Promise<string> {
  const iat = Math.floor(nowMs / 1_000);
  const all: ApprovalClaims = {
    iss: orgParty,
    aud: bridgeParty,
    iat,
    nbf: iat,
    exp: iat + 900,
    jti: randomUUID(),
    txn: result.claims.txn,
    prev: result.sha256,
    sub: ids.approver,
    decision: 'approved',
    over: result.claims.plan_sha256 ?? '',
    at: iat,
    channel: 'slack',
    override: false,
    ...claims,
  };
  return valueOf(await createObject('approval', all, signer, result)).compact;
}

/** The org took the result, and keeps its checkpoint. */
export async function newClose(result: Verified<'result'>, nowMs: number): Promise<string> {
  const iat = Math.floor(nowMs / 1_000);
  const claims: CloseClaims = {
    iss: orgParty,
    aud: bridgeParty,
    iat,
    nbf: iat,
    exp: iat + 120,
    jti: randomUUID(),
    txn: result.claims.txn,
    prev: result.sha256,
    owner: { person: 'Head of Service', queue: 'Service_Desk' },
    outcome: 'recorded',
    record_ids: [],
    checkpoint_sha256: sha256(result.claims.log.checkpoint),
  };
  return valueOf(await createObject('close', claims, orgSigner, result)).compact;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
