import { claimsOf, reviewOf } from 'c/handoffView';
import {
  OWNER,
  START,
  accept,
  approval,
  close,
  digest,
  offer,
  refuse,
  result,
  signed,
  waits,
} from '../samples/objects.js';

const handoff = { id: '1', name: 'HO-0000001', status: 'closed' };

it('tells a handoff as steps, with who held custody from when', () => {
  const { steps } = reviewOf({ handoff, rows: [offer, accept, waits, approval, result, close] });
  expect(steps.map(({ side, title, custody }) => [side, title, custody?.side, custody?.person])).toEqual([
    ['org', 'Offered', 'org', 'Service owner on duty'],
    ['bridge', 'Custody taken', 'bridge', 'Bridge operator on duty'],
    ['bridge', 'Result: Needs a decision', undefined, undefined],
    ['org', 'A person decided', undefined, undefined],
    ['bridge', 'Result: Executed', undefined, undefined],
    ['org', 'Custody returned', 'org', 'Service owner on duty'],
  ]);
  expect(steps[1].detail).toBe('May update Order (Status, ShippingStreet) after an approval');
  expect(steps[3].detail).toBe('approved by 005000000000002AAA');
  expect(steps.map(({ prev }) => prev?.[0])).toEqual([undefined, 'a', 'b', 'c', 'd', 'e']);
});

it('leaves custody with the org when the bridge refuses', () => {
  const { steps } = reviewOf({ handoff, rows: [offer, refuse] });
  expect(steps[1]).toEqual({
    key: digest('b'),
    at: START + 1,
    side: 'bridge',
    title: 'Custody not taken',
    detail: 'a person has stopped the bridge',
    code: 'kill_switch',
    digest: digest('b'),
    prev: digest('a'),
    custody: undefined,
  });
});

it('orders what was stored in one second as the protocol does', () => {
  const rows = [close, result, approval, waits, accept, offer].map((row) => ({ ...row, at: START }));
  const { steps } = reviewOf({ handoff, rows });
  expect(steps.map(({ digest: key }) => key[0])).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('shows the newest claims: owner, purpose, due, limit and cost', () => {
  const review = reviewOf({ handoff, rows: [offer, accept, waits, approval, result, close] });
  expect(review.handoff).toEqual({
    ...handoff,
    owner: OWNER,
    purpose: 'Change the delivery address',
    due: START + 3600,
  });
  expect(review.cost).toEqual({ spentUsdMicros: 132_450, limitUsdMicros: 400_000, modelResponses: ['msg_1', 'msg_2'] });
});

it('lists each field that was named or classified, and whether a model was asked', () => {
  expect(reviewOf({ handoff, rows: [offer] }).masked).toEqual({
    model: 'pending',
    fields: [
      { field: 'Contact.Email', entityType: 'EMAIL', classification: 'Confidential', compliance: ['PII', 'GDPR'] },
      { field: 'Order.Description', entityType: undefined, classification: 'Internal', compliance: [] },
      { field: 'Order.ShippingStreet', entityType: 'ADDRESS', classification: undefined, compliance: [] },
    ],
  });
  expect(reviewOf({ handoff, rows: [offer, result] }).masked.model).toBe('asked');
  const unasked = signed('result', digest('e'), START, { model_responses: [] });
  expect(reviewOf({ handoff, rows: [offer, unasked] }).masked.model).toBe('not_asked');
});

it('puts words to the codes of checks and obstacles', () => {
  const checks = [{ name: 'chain', state: 'false', reason: 'prev_broken' }];
  const review = reviewOf({ handoff, rows: [], checks, approval: { obstacle: 'approver_is_requester' } });
  expect(review.checks).toEqual([
    { name: 'Each object follows the one before it', state: 'false', reason: 'prev_broken' },
  ]);
  expect(review.approval.obstacle).toBe('You asked for this, so somebody else decides.');
});

it('takes what an org sends for nothing as nothing', () => {
  const review = reviewOf({
    handoff,
    rows: [{ key: 'k', kind: 'stopped', at: START, code: null, envelope: null }],
    approval: null,
    checks: null,
  });
  expect(review.approval).toBeUndefined();
  expect(review.checks).toBeUndefined();
  expect(review.steps).toEqual([
    {
      key: 'k',
      at: START,
      side: 'org',
      title: 'Stopped by a person',
      detail: undefined,
      code: undefined,
      digest: undefined,
      prev: undefined,
      custody: undefined,
    },
  ]);
});

it('reads claims in any script, and none where there are none', () => {
  const body = Buffer.from('{"sub":"Grüße 世界 👋"}').toString('base64url');
  expect(claimsOf(`h.${body}.s`)).toEqual({ sub: 'Grüße 世界 👋' });
  for (const envelope of [
    undefined,
    null,
    '',
    'a',
    'a..b',
    'a.!!.b',
    `a.${Buffer.from('"text"').toString('base64url')}.b`,
  ]) {
    expect(claimsOf(envelope)).toBeUndefined();
  }
});
