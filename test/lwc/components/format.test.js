import { formatDuration, formatTime, formatUsd, isoTime, messageOf, statusOf, visible } from 'c/handoffFormat';

it.each([
  ['plain text', 'plain text'],
  ['Grüße, 世界, مرحبا 👋', 'Grüße, 世界, مرحبا 👋'],
  ['pay \u202e001\u202c', 'pay ⟦U+202E⟧001⟦U+202C⟧'],
  ['a\u200bb\ufeffc\u00a0d', 'a⟦U+200B⟧b⟦U+FEFF⟧c⟦U+00A0⟧d'],
  ['a\tb\r\nc\u0000', 'a⟦U+0009⟧b⟦U+000D⟧↵\nc⟦U+0000⟧'],
  ['\u{e0041}tag', '⟦U+E0041⟧tag'],
  ['\ud800', '⟦U+D800⟧'],
  [undefined, ''],
  [null, ''],
  [0, '0'],
])('spells out what is invisible in %j', (text, expected) => {
  expect(visible(text)).toBe(expected);
});

it.each([
  [-1, '0 s'],
  [59, '59 s'],
  [60, '1 min 00 s'],
  [3599, '59 min 59 s'],
  [3600, '1 h 00 min'],
  [86_399, '23 h 59 min'],
  [90_000, '1 d 1 h'],
])('says %i seconds', (seconds, expected) => {
  expect(formatDuration(seconds)).toBe(expected);
});

it('writes times in the zone it is given', () => {
  expect(formatTime(1772442000, 'en-GB', 'Europe/Berlin')).toBe('2 Mar 2026, 10:00:00');
  expect(isoTime(1772442000)).toBe('2026-03-02T09:00:00.000Z');
  expect(formatTime(null, 'en-GB', 'UTC')).toBe('');
  expect(isoTime(undefined)).toBeUndefined();
});

it('writes money to the millionth, and no more than there is', () => {
  expect(formatUsd(1, 'en-US')).toBe('$0.000001');
  expect(formatUsd(400_000, 'en-US')).toBe('$0.40');
});

it('takes a status that it does not know as it is', () => {
  expect(statusOf('refused')).toEqual({ label: 'Refused', tone: 'error' });
  expect(statusOf('constructor')).toEqual({ label: 'constructor', tone: 'neutral' });
  expect(statusOf(undefined)).toEqual({ label: 'Unknown', tone: 'neutral' });
});

it.each([
  [{ body: { message: 'No access' } }, 'No access'],
  [{ body: [{ message: 'First' }, { message: 'Second' }] }, 'First'],
  [new Error('Offline'), 'Offline'],
  [undefined, 'The server did not say why.'],
])('finds what went wrong in %j', (error, expected) => {
  expect(messageOf(error)).toBe(expected);
});
