import HandoffApproval from 'c/handoffApproval';
import { digest } from '../samples/objects.js';
import { states } from '../samples/states.js';
import { mount, rendered, textOf, unmountAll } from './mount.js';

let element;
let said;

function show(state) {
  element = mount('c-handoff-approval', HandoffApproval, states['c-handoff-approval'][state]);
  said = [];
  for (const name of ['handoffapprove', 'handoffdeny']) {
    element.addEventListener(name, ({ detail }) => said.push([name, detail]));
  }
}

const button = (name) => element.querySelector(`button.${name}`);

async function write(reason) {
  const area = element.querySelector('textarea');
  area.value = reason;
  area.dispatchEvent(new CustomEvent('input'));
  await rendered();
}

afterEach(unmountAll);

it('asks to approve exactly the plan that is shown', () => {
  show('pending');
  button('approve').click();
  expect(said).toEqual([['handoffapprove', { planSha256: digest('9'), reason: '' }]]);
});

it('denies with a reason only', async () => {
  show('pending');
  await write('   ');
  button('deny').click();
  await rendered();
  expect(said).toEqual([]);
  expect(document.activeElement).toBe(element.querySelector('textarea'));
  expect(element.querySelector('textarea').getAttribute('aria-invalid')).toBe('true');
  expect(textOf(element.querySelector('.missing'))).toBe('Say why: whoever asked will want to know.');

  await write(' wrong street ');
  expect(element.querySelector('textarea').getAttribute('aria-invalid')).toBe('false');
  button('deny').click();
  expect(said).toEqual([['handoffdeny', { planSha256: digest('9'), reason: 'wrong street' }]]);
});

it.each([
  ['pending', false, false, undefined],
  ['expired', true, true, 'The plan has expired. It does not run, whatever is decided.'],
  ['inexact', true, false, 'What is shown may not be what would run, so it cannot be approved.'],
  ['unchecked', true, false, 'What is shown may not be what would run, so it cannot be approved.'],
  ['hostile', false, false, undefined],
  ['forbidden', true, true, 'You asked for this, so somebody else decides.'],
  ['busy', true, true, undefined],
])('offers what can hold: %s', (state, cannotApprove, cannotDeny, why) => {
  show(state);
  expect([button('approve').disabled, button('deny').disabled]).toEqual([cannotApprove, cannotDeny]);
  expect(textOf(element.querySelector('.obstacle'))).toBe(why);
});

it.each([
  ['pending', '20 min 00 s left', 'handoff-info'],
  ['soon', '59 s left', 'handoff-warning'],
  ['expired', 'Expired', 'handoff-error'],
])('counts down: %s', (state, text, tone) => {
  show(state);
  const timer = element.querySelector('[role=timer]');
  expect(textOf(timer)).toBe(text);
  expect(timer.classList.contains(tone)).toBe(true);
});

it('expires while it is looked at', async () => {
  show('pending');
  element.now = element.approval.expires - 1;
  await rendered();
  expect(button('approve').disabled).toBe(false);
  element.now = element.approval.expires;
  await rendered();
  expect(button('approve').disabled).toBe(true);
});

it('counts as expired when nobody says what time it is', () => {
  const { approval } = states['c-handoff-approval'].pending;
  element = mount('c-handoff-approval', HandoffApproval, { approval });
  expect(textOf(element.querySelector('[role=timer]'))).toBe('Expired');
  element.remove();
  element = mount('c-handoff-approval', HandoffApproval, { approval, now: undefined });
  expect(button('approve').disabled).toBe(true);
});

it.each([
  ['approved', '✓Approved'],
  ['rejected', '✕Denied'],
])('offers no second decision: %s', (state, text) => {
  show(state);
  expect(textOf(element.querySelector('.head .handoff-badge'))).toBe(text);
  expect(textOf(element.querySelector('h3'))).toBe('Exactly this was decided over');
  expect(element.querySelector('form')).toBeNull();
});

it('says why a decision was not taken', () => {
  show('failed');
  expect(textOf(element.querySelector('[role=alert]'))).toBe('The plan was decided by somebody else.');
});
