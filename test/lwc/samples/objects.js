/** Signed objects as the review reads them: the claims count, the signature is a word. */

const HEADER = encode({ alg: 'RS256' });

export const TXN = '4b0d3c1e-6f0a-4f7e-9d3a-2f6f1f0c7a11';
export const OWNER = { person: 'Service owner on duty', queue: 'Handoff_Desk' };
/** 2026-03-02T09:00:00Z */
export const START = 1772442000;

/** 64 hexadecimal digits that begin with this one. */
export function digest(first) {
  return `${first}41e0b7d92f6c83a5e17d04c9b26f8a3d5e90174bc6d28f3a9e5b07c41d8f62a`;
}

/** A row of the journal: a signed object. */
export function signed(kind, key, at, claims) {
  return { key, kind, at, envelope: `${HEADER}.${encode(claims)}.c2lnbmVk` };
}

function encode(value) {
  return btoa(JSON.stringify(value)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

const grant = { operation: 'update', object: 'Order', fields: ['Status', 'ShippingStreet'], gate: 'approval' };

export const offer = signed('offer', digest('a'), START, {
  att: 1,
  owner: OWNER,
  tctx: {
    task_type: 'address_change',
    purpose: 'Change the delivery address',
    due: START + 3600,
    max_cost_usd_micros: 500_000,
  },
  authorization_details: [grant],
  masking_hints: { 'Order.ShippingStreet': 'ADDRESS', 'Contact.Email': 'EMAIL' },
  data_classes: [
    { field: 'Contact.Email', classification: 'Confidential', compliance: ['PII', 'GDPR'] },
    { field: 'Order.Description', classification: 'Internal', compliance: [] },
  ],
});

export const accept = signed('accept', digest('b'), START + 1, {
  prev: digest('a'),
  owner: { person: 'Bridge operator on duty', queue: 'Bridge_Desk' },
  authorization_details: [grant],
  max_cost_usd_micros: 400_000,
});

export const waits = signed('result', digest('c'), START + 9, {
  prev: digest('b'),
  owner: { person: 'Bridge operator on duty', queue: 'Bridge_Desk' },
  disposition: 'approval_required',
  plan_sha256: digest('9'),
  model_responses: ['msg_1', 'msg_2'],
  cost_usd_micros: 132_450,
});

export const approval = signed('approval', digest('d'), START + 300, {
  prev: digest('c'),
  sub: '005000000000002AAA',
  decision: 'approved',
  override: false,
});

export const result = signed('result', digest('e'), START + 303, {
  prev: digest('d'),
  owner: { person: 'Bridge operator on duty', queue: 'Bridge_Desk' },
  disposition: 'executed',
  model_responses: ['msg_1', 'msg_2'],
  cost_usd_micros: 132_450,
});

export const close = signed('close', digest('f'), START + 304, { prev: digest('e'), owner: OWNER, outcome: 'applied' });

export const refuse = signed('refuse', digest('b'), START + 1, {
  prev: digest('a'),
  reason: 'kill_switch',
  detail: 'a person has stopped the bridge',
});
