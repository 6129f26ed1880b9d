import { english } from 'c/handoffText';

/** How codes, times, money and foreign text look in the review. Clock, locale, time zone and language are handed in. */

/**
 * What a reader cannot see, or what changes how they see the rest: controls, bidirectional overrides, zero-width and
 * unassigned characters, spaces that are no space, fillers. A person who decides over a text has to see these.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u00a0\u115f\u1160\u1680\u2000-\u200a\u202f\u205f\u2800\u3000\u3164\uffa0]/gu;

/**
 * @param {unknown} text foreign
 * @returns {string} the same with what is invisible spelled out, `⟦U+202E⟧`; line breaks stay, behind a mark
 */
export function visible(text) {
  return String(text ?? '').replace(INVISIBLE, (character) => {
    if (character === '\n') return '↵\n';
    return `⟦U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}⟧`;
  });
}

/** @param {string} digest 64 hexadecimal digits; the first twelve tell two apart at a glance */
export function shortDigest(digest) {
  return visible(digest).slice(0, 12);
}

/**
 * @param {number | undefined} seconds since the epoch
 * @param {string} locale BCP 47
 * @param {string} timeZone IANA
 */
export function formatTime(seconds, locale, timeZone) {
  if (typeof seconds !== 'number') return '';
  const style = { dateStyle: 'medium', timeStyle: 'medium', timeZone };
  return new Intl.DateTimeFormat(locale, style).format(new Date(seconds * 1000));
}

/** @param {number | undefined} seconds since the epoch; the machine-readable form for `<time>` */
export function isoTime(seconds) {
  return typeof seconds === 'number' ? new Date(seconds * 1000).toISOString() : undefined;
}

/** @param {number} seconds a duration; below zero it is over */
export function formatDuration(seconds) {
  if (seconds <= 0) return '0 s';
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return minutes > 0 ? `${minutes} min ${String(seconds % 60).padStart(2, '0')} s` : `${seconds} s`;
}

/**
 * @param {number} micros millionths of a US dollar
 * @param {string} locale BCP 47
 */
export function formatUsd(micros, locale) {
  const style = { style: 'currency', currency: 'USD', minimumFractionDigits: 2, maximumFractionDigits: 6 };
  return new Intl.NumberFormat(locale, style).format(micros / 1_000_000);
}

const TONES = {
  offered: 'info',
  accepted: 'info',
  approval_required: 'warning',
  executed: 'success',
  refused: 'error',
  errored: 'error',
  timed_out: 'error',
  blocked: 'error',
  denied: 'error',
  stopped: 'error',
  closed: 'success',
};

/** Words and tone of a status; one that is not known stands for itself. */
export function statusOf(code, labels = english) {
  return Object.hasOwn(TONES, code ?? '')
    ? { label: labels.status[code], tone: TONES[code] }
    : { label: visible(code) || labels.status.unknown, tone: 'neutral' };
}

/** The sign of a tone, so that it is not told by colour alone. */
export const SIGNS = { info: '●', success: '✓', warning: '!', error: '✕', neutral: '?' };

/** What a call to the server says went wrong, in words. */
export function messageOf(error, labels = english) {
  const { body } = error ?? {};
  const first = Array.isArray(body) ? body[0] : body;
  return visible(first?.message ?? error?.message) || labels.review.server_silent;
}
