import type { Gate, Identity } from '@agent-readiness/protocol';
import type { Question } from '../answer.ts';
import { html, type Markup } from './markup.ts';

/** Strokes on a grid of 16 × 16. Each stands beside the word that it repeats. */
const shapes = {
  'gate-none': 'M3 2v12M13 2v12M5 8h6M8.6 5.6 11 8l-2.4 2.4',
  'gate-declared-only': 'M3 2v12M13 2v12M6 3.2v1.6M6 7.2v1.6M6 11.2v1.6M10 3.2v1.6M10 7.2v1.6M10 11.2v1.6',
  'gate-self-grantable': 'M5.5 10.5a3 3 0 1 1 2.6-1.5L13.5 9v2.5M11 9v2M2.5 8h.01',
  'gate-guarded': 'M8 1.8l5 1.8v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4zM5.7 8l1.7 1.7 3-3.2',
  'gate-confirmed': 'M8 8a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2M3 14c.3-2.6 2.2-4 5-4s4.7 1.4 5 4',
  'gate-approval':
    'M5.5 8a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6M1.5 13.5c.2-2.3 1.8-3.5 4-3.5s3.8 1.2 4 3.5M10.5 7.8a2.1 2.1 0 1 0-.4-4.1M11.3 10c1.9.2 3 1.4 3.2 3.5',
  'does-deletes': 'M2.5 4h11M6 4V2.5h4V4M4 4l.7 9.5h6.6L12 4M6.6 6.5v4.5M9.4 6.5v4.5',
  'does-writes': 'M3 13l.6-2.8 7-7 2.2 2.2-7 7zM9.3 4.5l2.2 2.2',
  'does-sends': 'M14 2 1.8 6.8l4.4 2 2 4.7zM14 2 6.2 8.8',
  'does-starts': 'M5 3l7.5 5L5 13z',
  'does-unknown': 'M5.5 6a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.8-1.1 1.8M8 13h.01',
  'as-user': 'M8 8a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2M3 14c.3-2.6 2.2-4 5-4s4.7 1.4 5 4',
  'as-system-with-sharing': 'M8 1.8l5 1.8v4c0 3.2-2.1 5.4-5 6.6-2.9-1.2-5-3.4-5-6.6v-4zM8 2v12',
  'as-system': 'M9 1.5 3.5 9H8l-1 5.5L12.5 7H8z',
  fail: 'M4 4l8 8M12 4l-8 8',
  pass: 'M3 8.5l3.3 3.3L13 4.5',
  incomplete: 'M8 3v6M8 12.5h.01',
} as const;

type Icon = keyof typeof shapes;

/** All icons, once per page; `icon` refers to them. */
export function sprite(): Markup {
  const symbols = Object.entries(shapes).map(
    ([name, path]) => html`<symbol id="i-${name}" viewBox="0 0 16 16"><path d="${path}" /></symbol>`,
  );
  return html`<svg class="sprite" aria-hidden="true">${symbols}</svg>`;
}

export function icon(name: Icon): Markup {
  return html`<svg aria-hidden="true"><use href="#i-${name}" /></svg>`;
}

/** The same inside a picture, at a place of it. */
export function iconAt(name: Icon, x: number, y: number): Markup {
  return html`<use href="#i-${name}" x="${x}" y="${y}" width="14" height="14" />`;
}

export function gateIcon(gate: Gate): Icon {
  return `gate-${gate}`;
}

export function identityIcon(identity: Identity): Icon {
  return `as-${identity}`;
}

export function questionIcon(question: Question): Icon {
  return `does-${question}`;
}
