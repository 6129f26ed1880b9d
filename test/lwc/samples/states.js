/** Each component in each of its states, for the tests in jsdom and for the page in a browser alike. */
import { reviewOf } from 'c/handoffView';
import { START, accept, approval, close, digest, offer, refuse, result, waits } from './objects.js';
import { deletePlan, hostilePlan, longPlan, pending, updatePlan } from './plans.js';

const now = START + 600;
const HOSTILE = '<b onclick="alert(1)">bold</b> {this.x} ${1} \u202eevil\u202c\u0000';
const LONG = 'Ausnahmegenehmigungsverfahrensbeschleunigung'.repeat(12);

const verified = [
  { name: 'Signatures of both sides', state: 'true' },
  { name: 'Each object follows the one before', state: 'true' },
  { name: 'Payload is what the result speaks of', state: 'true' },
  { name: 'The log of the bridge holds the result', state: 'true' },
];
const partly = [
  ...verified.slice(0, 2),
  { name: 'Payload is what the result speaks of', state: 'unknown', reason: 'payload_removed' },
];
const broken = [
  ...verified.slice(0, 3),
  { name: 'The log of the bridge holds the result', state: 'false', reason: 'inclusion_invalid' },
];

const handoff = {
  id: 'a00000000000001AAA',
  name: 'HO-0000001',
  status: 'approval_required',
  taskType: 'address_change',
  agent: 'Order_Care',
  subject: '005000000000001AAA',
  recordId: '801000000000001AAA',
};
const waiting = reviewOf({ handoff, rows: [offer, accept, waits], approval: pending, checks: verified });
const done = reviewOf({
  handoff: { ...handoff, status: 'closed', outcome: 'applied' },
  rows: [offer, accept, waits, approval, result, close],
  approval: { ...pending, decision: 'approved' },
  checks: verified,
});
const refusedReview = reviewOf({
  handoff: { ...handoff, status: 'refused', reason: 'kill_switch' },
  rows: [offer, refuse],
  checks: partly.slice(0, 2),
});
const hostile = reviewOf({
  handoff: { ...handoff, taskType: HOSTILE, agent: HOSTILE, name: HOSTILE, status: HOSTILE, reason: HOSTILE },
  rows: [
    { ...offer, code: HOSTILE },
    { key: 'x', kind: HOSTILE, at: START + 2 },
    { key: 'y', kind: 'result', at: START + 3, envelope: 'not.a.jws' },
  ],
  approval: { ...pending, plan: hostilePlan, requester: HOSTILE, isExact: HOSTILE },
  checks: [{ name: HOSTILE, state: HOSTILE, reason: HOSTILE }],
});

const item = {
  id: '1',
  name: 'HO-0000001',
  status: 'approval_required',
  taskType: 'address_change',
  agent: 'Order_Care',
  ownerPerson: 'Service owner on duty',
  at: START,
  due: START + 3600,
  isOpen: true,
};
const items = [
  item,
  { ...item, id: '2', name: 'HO-0000002', status: 'accepted', taskType: 'summarise_case', due: START + 300 },
  { ...item, id: '3', name: 'HO-0000003', status: 'refused', reason: 'budget', isOpen: false },
  { ...item, id: '4', name: 'HO-0000004', status: 'closed', isOpen: false },
];

export const states = {
  'c-handoff-review': {
    waiting: { review: waiting, now },
    done: { review: done, now },
    refused: { review: refusedReview, now },
    hostile: { review: hostile, now },
    loading: {},
    error: { error: 'You may not see this handoff.' },
  },
  'c-handoff-list': {
    full: { handoffs: items, selectedId: '1', now },
    empty: { handoffs: [] },
    loading: {},
    error: { error: 'The handoffs could not be read.' },
    long: { handoffs: [{ ...item, taskType: LONG, ownerPerson: LONG, reason: LONG }], now },
    hostile: {
      handoffs: [{ ...item, taskType: HOSTILE, agent: HOSTILE, status: 'constructor', ownerPerson: HOSTILE }],
      now,
    },
  },
  'c-handoff-timeline': {
    full: { steps: done.steps },
    empty: { steps: [] },
    loading: {},
    long: { steps: [{ ...done.steps[0], title: LONG, detail: LONG, code: LONG }] },
    hostile: { steps: hostile.steps },
  },
  'c-handoff-approval': {
    pending: { approval: pending, now },
    soon: { approval: pending, now: START + 1741 },
    expired: { approval: pending, now: START + 1800 },
    inexact: { approval: { ...pending, isExact: 'false' }, now },
    unchecked: { approval: { ...pending, isExact: 'unknown' }, now },
    forbidden: { approval: { ...pending, obstacle: 'You asked for this, so somebody else decides.' }, now },
    busy: { approval: pending, now, busy: true },
    failed: { approval: pending, now, error: 'The plan was decided by somebody else.' },
    approved: { approval: { ...pending, decision: 'approved' }, now },
    rejected: { approval: { ...pending, decision: 'rejected' }, now },
    loading: {},
    hostile: { approval: { ...pending, plan: hostilePlan, planSha256: digest('9') }, now },
  },
  'c-handoff-plan': {
    update: { plan: updatePlan },
    delete: { plan: deletePlan },
    other: { plan: '{"tool":"send_message","arguments":{"to":"customer"}}' },
    unreadable: { plan: 'not JSON' },
    long: { plan: longPlan },
    hostile: { plan: hostilePlan },
  },
  'c-handoff-proof': {
    true: { checks: verified },
    false: { checks: broken },
    unknown: { checks: partly },
    empty: { checks: [] },
    loading: {},
    hostile: { checks: [{ name: HOSTILE, state: HOSTILE, reason: HOSTILE }] },
  },
  'c-handoff-masked': {
    asked: { masked: done.masked },
    pending: { masked: { ...done.masked, model: 'pending' } },
    empty: { masked: { model: 'not_asked', fields: [] } },
    loading: {},
    hostile: {
      masked: {
        model: 'asked',
        fields: [{ field: HOSTILE, entityType: HOSTILE, classification: HOSTILE, compliance: [HOSTILE] }],
      },
    },
  },
  'c-handoff-cost': {
    spent: { cost: done.cost },
    pending: { cost: { limitUsdMicros: 400_000, modelResponses: [] } },
    free: { cost: { spentUsdMicros: 0, limitUsdMicros: 0, modelResponses: ['msg_1'] } },
    loading: {},
  },
  'c-handoff-notice': {
    loading: { kind: 'loading', text: 'Loading …' },
    empty: { kind: 'empty', text: 'Nothing here.' },
    error: { kind: 'error', text: 'It did not work.' },
    hostile: { kind: 'error', text: HOSTILE },
  },
};
