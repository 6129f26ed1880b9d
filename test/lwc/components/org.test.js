import { refreshApex } from '@salesforce/apex';
import decide from '@salesforce/apex/HandoffReview.decide';
import read from '@salesforce/apex/HandoffReview.read';
import recent from '@salesforce/apex/HandoffReview.recent';
import HandoffApp from 'c/handoffApp';
import HandoffRecord from 'c/handoffRecord';
import { START, accept, digest, offer, waits } from '../samples/objects.js';
import { pending } from '../samples/plans.js';
import { mount, rendered, textOf, unmountAll, violations } from './mount.js';

const source = {
  handoff: { id: '1', name: 'HO-0000001', status: 'approval_required', taskType: 'address_change' },
  rows: [offer, accept, waits],
  approval: { ...pending, id: 'a01000000000001AAA' },
  checks: [{ name: 'signatures', state: 'true' }],
};

/** What a reader reads or hears, node by node. */
function* textsOf(root) {
  for (const node of root.childNodes) {
    if (node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.data)) yield node.data.trim();
    if (node.nodeType !== Node.ELEMENT_NODE) continue;
    for (const name of ['aria-label', 'data-label']) if (node.hasAttribute(name)) yield node.getAttribute(name);
    yield* textsOf(node);
  }
}

beforeEach(() => {
  jest.useFakeTimers({ now: (START + 600) * 1000, doNotFake: ['queueMicrotask', 'nextTick'] });
  decide.mockReset();
  refreshApex.mockReset();
});

afterEach(() => {
  unmountAll();
  expect(jest.getTimerCount()).toBe(0);
  jest.useRealTimers();
});

describe('on the record page', () => {
  async function show() {
    const record = mount('c-handoff-record', HandoffRecord, { recordId: '1' });
    read.emit({ data: source });
    await rendered();
    return record;
  }

  it('asks for its record, and shows it in the reader’s own time zone', async () => {
    const record = await show();
    expect(read.config).toEqual({ handoffId: '1' });
    expect(textOf(record.shadowRoot.querySelector('h2'))).toBe('address_changeHO-0000001');
    expect(textOf(record.shadowRoot.querySelector('.line time'))).toBe('2 Mar 2026, 10:00:00');
  });

  it('lets time pass', async () => {
    const record = await show();
    expect(textOf(record.shadowRoot.querySelector('[role=timer]'))).toBe('«20 min 00 s left»');
    jest.advanceTimersByTime(61_000);
    await rendered();
    expect(textOf(record.shadowRoot.querySelector('[role=timer]'))).toBe('«18 min 59 s left»');
  });

  it('carries a decision over the plan that was shown, and reads again', async () => {
    const record = await show();
    let answer;
    decide.mockReturnValue(new Promise((resolve) => (answer = resolve)));
    record.shadowRoot.querySelector('button.approve').click();
    await rendered();
    expect(record.shadowRoot.querySelector('button.approve').disabled).toBe(true);
    answer();
    await rendered();
    expect(decide.mock.calls).toEqual([
      [{ approvalId: 'a01000000000001AAA', planSha256: digest('9'), isApproved: true, reason: '' }],
    ]);
    expect(refreshApex.mock.calls).toEqual([[{ data: source, error: undefined }]]);
    expect(record.shadowRoot.querySelector('button.approve').disabled).toBe(false);
  });

  it('says why a decision was not taken, and lets the person try again', async () => {
    const record = await show();
    decide.mockRejectedValue({ body: { message: 'not_assigned' } });
    record.shadowRoot.querySelector('textarea').value = 'wrong street';
    record.shadowRoot.querySelector('textarea').dispatchEvent(new CustomEvent('input'));
    record.shadowRoot.querySelector('button.deny').click();
    await rendered();
    expect(decide.mock.calls[0][0]).toEqual(expect.objectContaining({ isApproved: false, reason: 'wrong street' }));
    expect(textOf(record.shadowRoot.querySelector('[role=alert]'))).toBe(
      '«This plan does not wait for you, or somebody has decided already.»',
    );
    expect(record.shadowRoot.querySelector('button.deny').disabled).toBe(false);
  });

  it('shows nothing of one handoff while it reads another', async () => {
    const record = await show();
    record.recordId = '2';
    await rendered();
    expect(read.config).toEqual({ handoffId: '2' });
    expect(textOf(record.shadowRoot)).toBe('«Loading the handoff …»');
  });

  it('says by labels whatever was not handed over', async () => {
    const record = await show();
    // Times, ids and digests have digits.
    const said = [...textsOf(record.shadowRoot)].filter((text) => !text.includes('«') && !/\d/.test(text));
    expect([...new Set(said)].toSorted()).toEqual([
      '"Activated"',
      '"Address changed"',
      'ADDRESS',
      'Bridge operator on duty, Bridge_Desk',
      'Change the delivery address',
      'Confidential, PII, GDPR',
      'Contact.Email',
      'EMAIL',
      'Internal',
      'Order',
      'Order.Description',
      'Order.ShippingStreet',
      'Service owner on duty, Handoff_Desk',
      'ShippingStreet',
      'Status',
      'Subject',
      'Task',
      'WhatId',
      'address_change',
      'create',
      'update',
    ]);
  });

  it.each([
    [{ error: { body: { message: 'No access' } } }, 'No access'],
    [{ data: null }, '«There is no such handoff, or you may not see it.»'],
  ])('says what went wrong: %j', async (answer, text) => {
    const record = mount('c-handoff-record', HandoffRecord, { recordId: '1' });
    read.emit(answer);
    await rendered();
    expect(textOf(record.shadowRoot.querySelector('[role=alert]'))).toBe(text);
  });
});

describe('on the app page', () => {
  const items = ['1', '2'].map((id) => ({
    id,
    name: `HO-${id}`,
    status: 'accepted',
    at: START,
    due: START + 3600,
    isOpen: true,
  }));

  it('opens the newest handoff, then the one that is chosen', async () => {
    const app = mount('c-handoff-app', HandoffApp);
    recent.emit({ data: items });
    await rendered();
    expect(read.config).toEqual({ handoffId: '1' });
    app.shadowRoot.querySelectorAll('c-handoff-list button')[1].click();
    await rendered();
    expect(read.config).toEqual({ handoffId: '2' });
    read.emit({ data: source });
    await rendered();
    expect(textOf(app.shadowRoot.querySelector('c-handoff-record').shadowRoot.querySelector('h2'))).toBe(
      'address_changeHO-0000001',
    );
  });

  it('reads the list again once something was decided', async () => {
    const app = mount('c-handoff-app', HandoffApp);
    recent.emit({ data: items });
    await rendered();
    read.emit({ data: source });
    await rendered();
    decide.mockResolvedValue(undefined);
    const record = app.shadowRoot.querySelector('c-handoff-record');
    record.shadowRoot.querySelector('button.approve').click();
    await rendered();
    expect(refreshApex.mock.calls).toEqual([[{ data: items, error: undefined }], [{ data: source, error: undefined }]]);
    decide.mockRejectedValue({ body: { message: 'not_assigned' } });
    refreshApex.mockReset();
    record.shadowRoot.querySelector('button.approve').click();
    await rendered();
    expect(refreshApex).not.toHaveBeenCalled();
  });

  it('says that there is nothing, or why', async () => {
    const app = mount('c-handoff-app', HandoffApp);
    recent.emit({ data: [] });
    await rendered();
    expect(textOf(app.shadowRoot)).toBe('«No handoffs yet.»');
    recent.emit({ error: { body: { message: 'No access' } } });
    await rendered();
    expect(textOf(app.shadowRoot)).toBe('No access');
  });

  it('has nothing that axe finds fault with', async () => {
    mount('c-handoff-app', HandoffApp);
    recent.emit({ data: items });
    await rendered();
    jest.useRealTimers();
    expect(await violations()).toEqual([]);
    unmountAll();
    jest.useFakeTimers();
  });
});
