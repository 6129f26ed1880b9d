import { LightningElement, api } from 'lwc';
import { formatDuration, formatTime, isoTime, visible } from 'c/handoffFormat';
import { english, fill } from 'c/handoffText';

const EXACT = {
  true: { sign: '✓', tone: 'success', text: 'exact' },
  false: { sign: '✕', tone: 'error', text: 'inexact' },
  unknown: { sign: '?', tone: 'warning', text: 'unchecked' },
};

const DECIDED = {
  approved: { sign: '✓', tone: 'success' },
  rejected: { sign: '✕', tone: 'error' },
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
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  reason = '';
  isReasonMissing = false;

  get isLoading() {
    return this.approval === undefined;
  }

  get isPending() {
    return !Object.hasOwn(DECIDED, this.approval.decision);
  }

  get title() {
    return this.isPending ? this.labels.approval.would_run : this.labels.approval.was_decided;
  }

  get decided() {
    const { decision } = this.approval;
    return { ...DECIDED[decision], label: this.labels.approval[decision] };
  }

  get decidedClass() {
    return `handoff-badge handoff-${this.decided.tone}`;
  }

  /** As the executor compares: at `expires` it has expired. */
  get isExpired() {
    return !(this.now < this.approval.expires);
  }

  get countdown() {
    const { expired, left } = this.labels.approval;
    return this.isExpired ? expired : fill(left, formatDuration(this.approval.expires - this.now));
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
    const { sign, tone, text } = EXACT[this.approval.isExact] ?? EXACT.unknown;
    return { sign, tone, label: this.labels.approval[text] };
  }

  get exactClass() {
    return `handoff-badge handoff-${this.exact.tone}`;
  }

  /** Why nobody decides, or why only "no" is on offer; undefined when both are. */
  get obstacle() {
    if (this.isExpired) return this.labels.approval.plan_expired;
    if (this.approval.obstacle) return visible(this.approval.obstacle);
    if (this.approval.isExact !== 'true') return this.labels.approval.may_differ;
    return undefined;
  }

  get cannotApprove() {
    return this.busy || this.obstacle !== undefined;
  }

  get cannotDeny() {
    return this.busy || this.isExpired || Boolean(this.approval.obstacle);
  }

  get reasonHint() {
    return this.isReasonMissing ? this.labels.approval.reason_missing : this.labels.approval.reason_hint;
  }

  get reasonHintClass() {
    return this.isReasonMissing ? 'hint missing' : 'hint handoff-quiet';
  }

  get isReasonInvalid() {
    return this.isReasonMissing ? 'true' : 'false';
  }

  get approveLabel() {
    return this.busy ? this.labels.approval.sending : this.labels.approval.approve;
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
