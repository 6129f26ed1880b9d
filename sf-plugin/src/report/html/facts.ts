import type { Gate, Identity, Place, Reversibility, Severity } from '@agent-readiness/protocol';
import { gateWords, identityWords, reversibilityWords } from '../words.ts';
import { gateIcon, icon, identityIcon } from './icons.ts';
import { html, type Markup } from './markup.ts';
import { standing } from './view.ts';

/** Facts that several parts of the page show in the same way: an icon or a colour, and always the words. */

export function gateFact(gate: Gate): Markup {
  return html`<span class="gate ${standing(gate)}">${icon(gateIcon(gate))}${gateWords[gate]}</span>`;
}

export function identityFact(identity: Identity): Markup {
  return html`<span class="as ${identity}">${icon(identityIcon(identity))}${identityWords[identity]}</span>`;
}

export function undoFact(reversibility: Reversibility): Markup {
  return html`<span class="undo ${reversibility}">${reversibilityWords[reversibility]}</span>`;
}

export function severityFact(severity: Severity): Markup {
  return html`<span class="severity ${severity}">${severity}</span>`;
}

export function placeFact({ file, line }: Place): Markup {
  return html`<code class="place">${file}:${line}</code>`;
}
