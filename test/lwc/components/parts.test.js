import HandoffCost from 'c/handoffCost';
import HandoffList from 'c/handoffList';
import HandoffMasked from 'c/handoffMasked';
import HandoffProof from 'c/handoffProof';
import HandoffReview from 'c/handoffReview';
import HandoffTimeline from 'c/handoffTimeline';
import { states } from '../samples/states.js';
import { mount, rendered, textOf, unmountAll } from './mount.js';

afterEach(unmountAll);

const texts = (element, selector) => [...element.querySelectorAll(selector)].map(textOf);

describe('the list', () => {
  it('says of each handoff what, whose and until when', () => {
    const list = mount('c-handoff-list', HandoffList, states['c-handoff-list'].full);
    expect(texts(list, '.top')).toEqual([
      'address_change!Needs a decision',
      'summarise_case●In progress',
      'address_change✕Refused',
      'address_change✓Closed',
    ]);
    expect(texts(list, '.facts:last-child')).toEqual([
      'Owned by Service owner on dutydue in 50 min 00 s',
      'Owned by Service owner on dutyoverdue by 5 min 00 s',
      'Owned by Service owner on dutybudget',
      'Owned by Service owner on duty',
    ]);
  });

  it('selects with a button, and says which one is selected', async () => {
    const list = mount('c-handoff-list', HandoffList, states['c-handoff-list'].full);
    const selected = [];
    list.addEventListener('handoffselect', ({ detail }) => selected.push(detail.id));
    list.querySelectorAll('button')[2].click();
    expect(selected).toEqual(['3']);
    list.selectedId = '3';
    await rendered();
    expect([...list.querySelectorAll('button')].map((each) => each.getAttribute('aria-current'))).toEqual([
      null,
      null,
      'true',
      null,
    ]);
  });
});

describe('the timeline', () => {
  it('names both sides, custody and the links between what was signed', () => {
    const timeline = mount('c-handoff-timeline', HandoffTimeline, states['c-handoff-timeline'].full);
    expect(texts(timeline, '.side')).toEqual(['Salesforce', 'Bridge', 'Bridge', 'Salesforce', 'Bridge', 'Salesforce']);
    expect(texts(timeline, '.custody')).toEqual([
      'Custody: SalesforceService owner on duty, Handoff_Desk',
      'Custody: BridgeBridge operator on duty, Bridge_Desk',
      'Custody: SalesforceService owner on duty, Handoff_Desk',
    ]);
    expect(texts(timeline, '.link').slice(0, 2)).toEqual([
      'Signed a41e0b7d92f6',
      'Signed b41e0b7d92f6follows a41e0b7d92f6',
    ]);
  });
});

describe('the proof', () => {
  it.each([
    ['true', '✓Verified'],
    ['false', '✕Does not verify'],
    ['unknown', '?Not fully verified'],
    ['empty', '?Not fully verified'],
    ['hostile', '?Not fully verified'],
  ])('is %s', (state, verdict) => {
    const proof = mount('c-handoff-proof', HandoffProof, states['c-handoff-proof'][state]);
    expect(textOf(proof.querySelector('.verdict .handoff-badge'))).toBe(verdict);
  });

  it('lets one thing that does not hold outweigh one that nobody knows', () => {
    const checks = ['true', 'unknown', 'false'].map((state) => ({ name: state, state }));
    const proof = mount('c-handoff-proof', HandoffProof, { checks });
    expect(textOf(proof.querySelector('.verdict .handoff-badge'))).toBe('✕Does not verify');
  });

  it('gives the reason beside each check', () => {
    const proof = mount('c-handoff-proof', HandoffProof, states['c-handoff-proof'].false);
    expect(texts(proof, '.check').at(-1)).toBe(
      '✕The log of the bridge holds the resultDoes not verifyinclusion_invalid',
    );
  });
});

describe('what was masked', () => {
  it('tells what is masked by name from what is found by pattern only', () => {
    const masked = mount('c-handoff-masked', HandoffMasked, states['c-handoff-masked'].asked);
    expect(texts(masked, '.field')).toEqual([
      'Contact.EmailEMAILConfidential, PII, GDPR',
      'Order.Descriptionby pattern onlyInternal',
      'Order.ShippingStreetADDRESSnot classified',
    ]);
  });
});

describe('the cost', () => {
  it.each([
    ['spent', '$0.13245of at most $0.40', '2 answers of a model', true],
    ['pending', 'Not known yetof at most $0.40', '0 answers of a model', false],
    ['free', '$0.00of at most $0.00', '1 answer of a model', false],
  ])('is %s', (state, spent, answers, hasMeter) => {
    const cost = mount('c-handoff-cost', HandoffCost, states['c-handoff-cost'][state]);
    expect([textOf(cost.querySelector('.spent')), textOf(cost.querySelector('.answers'))]).toEqual([spent, answers]);
    expect(cost.querySelector('meter') !== null).toBe(hasMeter);
  });
});

describe('the review', () => {
  it('lets a decision bubble up', () => {
    const review = mount('c-handoff-review', HandoffReview, states['c-handoff-review'].waiting);
    const approved = [];
    review.addEventListener('handoffapprove', ({ detail }) => approved.push(detail.planSha256));
    review.querySelector('button.approve').click();
    expect(approved).toEqual(['941e0b7d92f6c83a5e17d04c9b26f8a3d5e90174bc6d28f3a9e5b07c41d8f62a']);
  });

  it('has no decision where none is asked for', () => {
    const review = mount('c-handoff-review', HandoffReview, states['c-handoff-review'].refused);
    expect(review.querySelector('c-handoff-approval')).toBeNull();
    expect(texts(review, '.facts > div')).toContain('Reasonkill_switch');
  });
});
