import { START, digest } from './objects.js';

const ORDER = '801000000000001AAA';

function planOf(effects) {
  const actor = { sub: 'Order_Care', version: 'v1' };
  const task = { task: 'address_change', release: digest('7'), effects };
  return JSON.stringify({ actor, arguments: task, expires: START + 1800, tool: 'salesforce_write' });
}

export const updatePlan = planOf([
  {
    operation: 'update',
    object: 'Order',
    recordId: ORDER,
    before: { ShippingStreet: '12 Old Mill Lane', Status: 'Activated' },
    fields: { ShippingStreet: '3 Harbour Road', Status: 'Activated' },
  },
  { operation: 'create', object: 'Task', fields: { Subject: 'Address changed', WhatId: ORDER } },
]);

export const deletePlan = planOf([
  {
    operation: 'delete',
    object: 'Case',
    recordId: '500000000000001AAA',
    before: { Subject: 'Old', Priority: null },
    fields: {},
  },
]);

/** A bidirectional override, a zero-width space and markup, where a person decides over them. */
export const hostilePlan = planOf([
  {
    operation: 'update',
    object: 'Order',
    recordId: ORDER,
    before: { Description: '' },
    fields: {
      Description: 'pay \u202e001 DSU\u202c now\u200b <img src=x onerror=alert(1)> {secret}',
      constructor: '__proto__',
    },
  },
]);

export const longPlan = planOf([
  {
    operation: 'update',
    object: 'Order',
    recordId: ORDER,
    before: { Description: '' },
    fields: { Description: 'x'.repeat(4000) },
  },
]);

export const pending = {
  planSha256: digest('9'),
  plan: updatePlan,
  isExact: 'true',
  expires: START + 1800,
  decision: 'pending',
  requester: '005000000000001AAA',
};
