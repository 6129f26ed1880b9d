import { createHash } from 'node:crypto';
import { manifestSha256, type Manifest } from '@agent-readiness/protocol';
import type {
  AcceptClaims,
  ApprovalClaims,
  CloseClaims,
  Grant,
  OfferClaims,
  Plan,
  RefuseClaims,
} from '@agent-readiness/protocol/handoff';
import { provenanceRules } from '@agent-readiness/protocol/handoff';

/**
 * The story of the golden vectors: an order agent asks the bridge to move a delivery date. The bridge
 * wants a person to look at the plan, a person approves, the order is updated, the org closes.
 */
export const orgParty = 'https://example.my.salesforce.com/00D5g000004ABCDEA4';
export const bridgeParty = 'https://bridge.example.com';
export const logOrigin = 'bridge.example.com/log';

/** 2027-01-15T08:00:00Z; each object is signed some seconds later than the one before. */
export const start = 1_800_000_000;

export const ids = {
  requester: '0055g00000AbCdEAAV',
  agentUser: '0055g00000AgEnTAAV',
  approver: '0055g00000ApPrOAAV',
  integrationUser: '0055g00000InTeGAAV',
  order: '8015g00000OrDeRAAV',
  otherOrder: '8015g00000OtHeRAAV',
  contact: '0035g00000CoNtAAAV',
} as const;

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const offerPayload = '{"order":"8015g00000OrDeRAAV","wish":"Bitte zwei Tage später – danke ✓"}';
export const resultPayload = '{"summary":"Delivery moved to 2027-01-20"}';

const updateOrder = {
  operation: 'update',
  object: 'Order',
  identity: 'user',
  gate: 'approval',
  reversibility: 'reversible',
} as const;

const sendMessage = {
  operation: 'send-message',
  object: 'email',
  fields: [],
  extent: 'one',
  identity: 'user',
  gate: 'none',
  reversibility: 'irreversible',
} as const;

export const manifest: Manifest = {
  schemaVersion: 1,
  actions: [
    {
      agent: 'Order_Agent',
      topic: 'Delivery',
      action: 'Move_Delivery',
      effects: [
        {
          ...updateOrder,
          fields: ['Delivery_Date__c', 'Status'],
          extent: 'bounded',
          extentLimit: 5,
          certainty: 'proven',
        },
        { ...sendMessage, fields: [], certainty: 'proven' },
      ],
    },
    {
      agent: 'Order_Agent',
      topic: 'Delivery',
      action: 'Cancel_Order',
      effects: [
        {
          ...updateOrder,
          operation: 'delete',
          fields: [],
          extent: 'one',
          reversibility: 'recoverable',
          certainty: 'proven',
        },
      ],
    },
  ],
};

export const updateGrant: Grant = {
  type: 'salesforce_effect',
  ...updateOrder,
  fields: ['Delivery_Date__c'],
  extent: 'bounded',
  extentLimit: 2,
  recordIds: [ids.order, ids.otherOrder],
};
/** What the bridge takes of it: this order, and no other. */
const oneOrderGrant: Grant = {
  type: 'salesforce_effect',
  ...updateOrder,
  fields: ['Delivery_Date__c'],
  extent: 'one',
  recordIds: [ids.order],
};
export const messageGrant: Grant = { type: 'salesforce_effect', ...sendMessage, fields: [] };
export const readGrant: Grant = {
  type: 'salesforce_effect',
  operation: 'read',
  object: 'Order',
  fields: ['Status'],
  extent: 'one',
  identity: 'user',
  gate: 'none',
  reversibility: 'reversible',
};

interface Common {
  readonly iss: string;
  readonly aud: string;
  readonly iat: number;
  readonly nbf: number;
  readonly exp: number;
  readonly jti: string;
  readonly txn: string;
}

/** Claims of the object number `step` of a chain; the org signs unless the bridge does. */
export function common(step: number, from: 'org' | 'bridge', lifetimeSeconds = 120): Common {
  const iat = start + step * 10;
  const [iss, aud] = from === 'org' ? [orgParty, bridgeParty] : [bridgeParty, orgParty];
  return { iss, aud, iat, nbf: iat, exp: iat + lifetimeSeconds, jti: uuid(100 + step), txn: uuid(1) };
}

const claimsOfOffer: Omit<OfferClaims, 'prov'> = {
  ...common(0, 'org'),
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
    session: { ref: '0Mw5g00000SeSsICAV', kind: 'messaging_session' },
    topic: 'Delivery',
    action: 'Move_Delivery',
    channel: 'web',
  },
  tctx: {
    task_type: 'move-delivery',
    purpose: 'The customer asked for a later delivery',
    record_ids: [ids.order],
    due: start + 3600,
    max_cost_usd_micros: 250_000,
  },
  authorization_details: [updateGrant, messageGrant, readGrant],
  data_classes: [{ field: 'Order.Delivery_Note__c', classification: 'Confidential', compliance: ['GDPR'] }],
  masking_hints: { 'Order.Ship_To_Name__c': 'PERSON' },
  owner: { person: 'Head of Logistics', queue: 'Order_Desk' },
  approvals: [],
  policy: sha256('policy'),
  manifest: manifestSha256(manifest),
  trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  payload_sha256: sha256(offerPayload),
};

/** The first source that may set each claim; what the model wrote is marked as such. */
export const provenance: OfferClaims['prov'] = Object.fromEntries(
  Object.entries(provenanceRules).map(([claim, { from }]) => [
    claim,
    claim === 'tctx.purpose' ? 'model' : (from[0] ?? 'config'),
  ]),
);

export const offerClaims: OfferClaims = { ...claimsOfOffer, prov: provenance };

export const acceptClaims = (prev: string): AcceptClaims => ({
  ...common(1, 'bridge'),
  prev,
  owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
  authorization_details: [oneOrderGrant],
  max_cost_usd_micros: 200_000,
  policy: sha256('bridge policy'),
  manifest: manifestSha256(manifest),
});

export const refuseClaims = (prev: string): RefuseClaims => ({
  ...common(1, 'bridge'),
  prev,
  reason: 'budget',
  detail: 'The daily budget of this agent is used up',
});

export const plan: Plan = {
  tool: 'update_record',
  arguments: { object: 'Order', id: ids.order, fields: { Delivery_Date__c: '2027-01-20' } },
  actor: { sub: 'Order_Agent', version: 'v3' },
  policy: sha256('bridge policy'),
  expires: start + 1800,
  nonce: uuid(7),
};

export const approvalClaims = (prev: string, over: string): ApprovalClaims => ({
  ...common(3, 'org', 900),
  prev,
  sub: ids.approver,
  decision: 'approved',
  over,
  at: start + 28,
  channel: 'slack',
  override: false,
});

export const closeClaims = (prev: string, checkpoint: string): CloseClaims => ({
  ...common(5, 'org'),
  prev,
  owner: { person: 'Head of Logistics', queue: 'Order_Desk' },
  outcome: 'applied',
  record_ids: [ids.order],
  checkpoint_sha256: sha256(checkpoint),
});
