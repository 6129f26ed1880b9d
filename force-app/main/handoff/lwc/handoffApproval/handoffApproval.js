import { LightningElement, api } from 'lwc';
import { formatDuration, formatTime, isoTime, visible } from 'c/handoffFormat';

const EXACT = {
  true: { sign: '✓', tone: 'success', label: 'The text above has this digest.' },
  false: { sign: '✕', tone: 'error', label: 'The text above does not have this digest.' },
  unknown: { sign: '?', tone: 'warning', label: 'Nobody has checked that the text above has this digest.' },
};

const DECIDED = {
  approved: { sign: '✓', tone: 'success', label: 'Approved' },
  rejected: { sign: '✕', tone: 'error', label: 'Denied' },
};

/**
 * One plan and a person's decision over it. Nothing is decided here: `handoffapprove` and `handoffdeny` ask for it, with
 * `{ planSha256, reason }`. What cannot hold is not offered: an expired plan, or a text that does not have the digest.
 *
 * @fires handoffapprove
 * @fires handoffdeny
 */
export default class HandoffApproval extends LightningElement {
  static renderMode = 'light';

  /** @type {import('c/handoffView').Approval | undefined} undefined while loading */
  @api approval;
  /** Seconds since the epoch, handed in anew while time passes. Without it the plan counts as expired. */
  @api now = Infinity;
  @api locale = 'en-US';
  @api timeZone = 'UTC';
  /** Whether a decision is on its way. */
  @api busy = false;
  /** Why the last decision was not taken, in words. */
  @api error;

  reason = '';
  isReasonMissing = false;

  get isLoading() {
    return this.approval === undefined;
  }

  get isPending() {
    return !Object.hasOwn(DECIDED, this.approval.decision);
  }

  get title() {
    return this.isPending ? 'Exactly this would run' : 'Exactly this was decided over';
  }

  get decided() {
    return DECIDED[this.approval.decision];
  }

  get decidedClass() {
    return `handoff-badge handoff-${this.decided.tone}`;
  }

  /** As the executor compares: at `expires` it has expired. */
  get isExpired() {
    return !(this.now < this.approval.expires);
  }

  get countdown() {
    return this.isExpired ? 'Expired' : `${formatDuration(this.approval.expires - this.now)} left`;
  }

  get countdownClass() {
    const isSoon = this.approval.expires - this.now < 300;
    return `handoff-badge handoff-${this.isExpired ? 'error' : isSoon ? 'warning' : 'info'}`;
  }

  get expiresText() {
    return formatTime(this.approval.expires, this.locale, this.timeZone);
  }

  get expiresIso() {
    return isoTime(this.approval.expires);
  }

  get requester() {
    return visible(this.approval.requester);
  }

  get digest() {
    return visible(this.approval.planSha256);
  }

  get exact() {
    return EXACT[this.approval.isExact] ?? EXACT.unknown;
  }

  get exactClass() {
    return `handoff-badge handoff-${this.exact.tone}`;
  }

  /** Why nobody decides, or why only "no" is on offer; undefined when both are. */
  get obstacle() {
    if (this.isExpired) return 'The plan has expired. It does not run, whatever is decided.';
    if (this.approval.obstacle) return visible(this.approval.obstacle);
    if (this.approval.isExact !== 'true') return 'What is shown may not be what would run, so it cannot be approved.';
    return undefined;
  }

  get cannotApprove() {
    return this.busy || this.obstacle !== undefined;
  }

  get cannotDeny() {
    return this.busy || this.isExpired || Boolean(this.approval.obstacle);
  }

  get reasonHint() {
    return this.isReasonMissing
      ? 'Say why: whoever asked will want to know.'
      : 'Needed to deny; kept with the decision.';
  }

  get reasonHintClass() {
    return this.isReasonMissing ? 'hint missing' : 'hint handoff-quiet';
  }

  get isReasonInvalid() {
    return this.isReasonMissing ? 'true' : 'false';
  }

  get approveLabel() {
    return this.busy ? 'Sending …' : 'Approve exactly this';
  }

  changeReason(event) {
    this.reason = event.target.value;
    this.isReasonMissing = false;
  }

  approve() {
    if (this.cannotApprove) return;
    this.decide('handoffapprove');
  }

  deny() {
    if (this.cannotDeny) return;
    if (this.reason.trim() === '') {
      this.isReasonMissing = true;
      this.querySelector('textarea').focus();
      return;
    }
    this.decide('handoffdeny');
  }

  decide(name) {
    const detail = { planSha256: this.approval.planSha256, reason: this.reason.trim() };
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
