import HandoffApproval from 'c/handoffApproval';
import HandoffCost from 'c/handoffCost';
import HandoffList from 'c/handoffList';
import HandoffMasked from 'c/handoffMasked';
import HandoffNotice from 'c/handoffNotice';
import HandoffPlan from 'c/handoffPlan';
import HandoffProof from 'c/handoffProof';
import HandoffReview from 'c/handoffReview';
import HandoffTimeline from 'c/handoffTimeline';
import { states } from '../samples/states.js';
import { mount, unmountAll, violations } from './mount.js';

const components = {
  'c-handoff-review': HandoffReview,
  'c-handoff-list': HandoffList,
  'c-handoff-timeline': HandoffTimeline,
  'c-handoff-approval': HandoffApproval,
  'c-handoff-plan': HandoffPlan,
  'c-handoff-proof': HandoffProof,
  'c-handoff-masked': HandoffMasked,
  'c-handoff-cost': HandoffCost,
  'c-handoff-notice': HandoffNotice,
};
const all = Object.entries(states).flatMap(([tag, named]) => Object.keys(named).map((state) => [tag, state]));

afterEach(unmountAll);

it('has states for each component', () => {
  expect(Object.keys(states).toSorted()).toEqual(Object.keys(components).toSorted());
});

describe.each(all)('%s, %s', (tag, state) => {
  beforeEach(() => {
    mount(tag, components[tag], states[tag][state]);
  });

  it('has nothing that axe finds fault with', async () => {
    expect(await violations()).toEqual([]);
  });

  it('says something, and nothing that only a program says', () => {
    expect(document.body.textContent.trim()).not.toBe('');
    expect(document.body.textContent).not.toMatch(/undefined|\bNaN\b|\[object|Invalid Date/);
  });

  it('has neither foreign markup nor text that nobody sees', () => {
    expect(document.body.querySelector('b, img, script')).toBeNull();
    expect(document.body.textContent).not.toMatch(/(?!\n)[\p{Cc}\u200b-\u200f\u202a-\u202e]/u);
  });
});
