import { LightningElement, api } from 'lwc';
import { visible } from 'c/handoffFormat';

const WORDS = {
  true: { label: 'Verified', sign: '✓', tone: 'success', meaning: 'Everything below was checked and holds.' },
  false: { label: 'Does not verify', sign: '✕', tone: 'error', meaning: 'Do not rely on what is shown here.' },
  unknown: {
    label: 'Not fully verified',
    sign: '?',
    tone: 'warning',
    meaning: 'Nothing is known to be wrong, but not everything could be checked.',
  },
};

/** Whether what is shown was verified: `true`, `false` or `unknown`, with each check and its reason. */
export default class HandoffProof extends LightningElement {
  static renderMode = 'light';

  /** @type {import('c/handoffView').Check[] | undefined} undefined while they are computed */
  @api checks;

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
    return WORDS[this.state];
  }

  get badgeClass() {
    return `handoff-badge handoff-${this.words.tone}`;
  }

  get rows() {
    return this.checks.map(({ name, state, reason }) => {
      const { label, sign, tone } = WORDS[stateOf(state)];
      return { name: visible(name), label, sign, reason: visible(reason), className: `sign handoff-${tone}` };
    });
  }
}

/** Anything but a clear yes or no is no answer. */
function stateOf(state) {
  return state === 'true' || state === 'false' ? state : 'unknown';
}
