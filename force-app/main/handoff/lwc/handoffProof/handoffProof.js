import { LightningElement, api } from 'lwc';
import { visible } from 'c/handoffFormat';
import { english } from 'c/handoffText';

const STATES = {
  true: { text: 'verified', sign: '✓', tone: 'success' },
  false: { text: 'wrong', sign: '✕', tone: 'error' },
  unknown: { text: 'partly', sign: '?', tone: 'warning' },
};

/** Whether what is shown was verified: `true`, `false` or `unknown`, with each check and its reason. */
export default class HandoffProof extends LightningElement {
  static renderMode = 'light';

  /** @type {import('c/handoffView').Check[] | undefined} undefined while they are computed */
  @api checks;
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get isLoading() {
    return this.checks === undefined;
  }

  /** One thing that does not hold spoils all; what nobody checked is not proven. */
  get state() {
    const states = this.checks.map(({ state }) => stateOf(state));
    if (states.includes('false')) return 'false';
    return states.length === 0 || states.includes('unknown') ? 'unknown' : 'true';
  }

  get words() {
    const { text, sign, tone } = STATES[this.state];
    return { sign, tone, label: this.labels.proof[text], meaning: this.labels.proof[`${text}_means`] };
  }

  get badgeClass() {
    return `handoff-badge handoff-${this.words.tone}`;
  }

  get rows() {
    return this.checks.map(({ name, state, reason }) => {
      const { text, sign, tone } = STATES[stateOf(state)];
      const label = this.labels.proof[text];
      return { name: visible(name), label, sign, reason: visible(reason), className: `sign handoff-${tone}` };
    });
  }
}

/** Anything but a clear yes or no is no answer. */
function stateOf(state) {
  return state === 'true' || state === 'false' ? state : 'unknown';
}
