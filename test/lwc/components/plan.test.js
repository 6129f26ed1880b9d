import HandoffPlan from 'c/handoffPlan';
import { deletePlan, hostilePlan, updatePlan } from '../samples/plans.js';
import { mount, textOf, unmountAll } from './mount.js';

afterEach(unmountAll);

function tableOf(plan) {
  const element = mount('c-handoff-plan', HandoffPlan, { plan });
  return [...element.querySelectorAll('.effect')].map((effect) => [
    textOf(effect.querySelector('.what')),
    ...[...effect.querySelectorAll('tbody tr')].map((row) => [...row.children].map(textOf)),
  ]);
}

it('shows each change beside what is there now', () => {
  expect(tableOf(updatePlan)).toEqual([
    [
      'updateOrder801000000000001AAA',
      ['ShippingStreet', '"12 Old Mill Lane"', '"3 Harbour Road"'],
      ['Status', '"Activated"', '"Activated" (unchanged)'],
    ],
    [
      'createTaska new record',
      ['Subject', 'not set', '"Address changed"'],
      ['WhatId', 'not set', '"801000000000001AAA"'],
    ],
  ]);
});

it('shows what is lost with a deleted record', () => {
  expect(tableOf(deletePlan)).toEqual([
    ['deleteCase500000000000001AAA', ['Priority', 'null', 'deleted'], ['Subject', '"Old"', 'deleted']],
  ]);
});

it('spells out what nobody would see, and runs nothing', () => {
  expect(tableOf(hostilePlan)[0][1]).toEqual([
    'Description',
    '""',
    '"pay ⟦U+202E⟧001 DSU⟦U+202C⟧ now⟦U+200B⟧ <img src=x onerror=alert(1)> {secret}"',
  ]);
  expect(document.querySelector('img')).toBeNull();
});

it.each([
  ['another tool', '{"tool":"send_message","arguments":{"to":"customer"}}'],
  ['an unknown operation', '{"arguments":{"effects":[{"operation":"merge","object":"Account","fields":{}}]}}'],
  ['a change of no record', '{"arguments":{"effects":[{"operation":"update","object":"Account","fields":null}]}}'],
  ['a list in place of fields', '{"arguments":{"effects":[{"operation":"update","object":"Account","fields":[]}]}}'],
  ['no JSON', 'not JSON'],
  ['nothing', ''],
])('shows the text alone for %s', (_, plan) => {
  expect(tableOf(plan)).toEqual([]);
  expect(document.querySelector('details').open).toBe(true);
  expect(document.querySelector('pre').textContent).toBe(plan);
});
