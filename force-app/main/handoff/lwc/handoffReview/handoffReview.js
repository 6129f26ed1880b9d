import { LightningElement, api } from 'lwc';
import { SIGNS, formatTime, statusOf, visible } from 'c/handoffFormat';
import { english } from 'c/handoffText';

/** One handoff with all that there is to know of it. A decision bubbles up from `c-handoff-approval`. */
export default class HandoffReview extends LightningElement {
  static renderMode = 'light';

  /** @type {ReturnType<import('c/handoffView').reviewOf> | undefined} undefined while loading */
  @api review;
  /** Why there is nothing to show, in words. */
  @api error;
  /** Seconds since the epoch. */
  @api now;
  @api locale = 'en-US';
  @api timeZone = 'UTC';
  /** Whether a decision is on its way. */
  @api busy = false;
  /** Why the last decision was not taken, in words. */
  @api decisionError;
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get isLoading() {
    return !this.error && this.review === undefined;
  }

  get hasApproval() {
    return this.review.approval !== undefined;
  }

  get status() {
    const { label, tone } = statusOf(this.review.handoff.status, this.labels);
    return { label, sign: SIGNS[tone], className: `handoff-badge handoff-${tone}` };
  }

  get title() {
    return visible(this.review.handoff.taskType) || this.labels.review.untitled;
  }

  get name() {
    return visible(this.review.handoff.name);
  }

  get purpose() {
    return visible(this.review.handoff.purpose);
  }

  get facts() {
    const labels = this.labels.review;
    const { owner, agent, subject, recordId, due, reason, outcome } = this.review.handoff;
    return [
      [labels.accountable, owner ? [owner.person, owner.queue].join(', ') : labels.nobody],
      [labels.agent, agent],
      [labels.subject, subject],
      [labels.record, recordId],
      [labels.due, formatTime(due, this.locale, this.timeZone)],
      [labels.reason, reason],
      [labels.outcome, outcome],
    ]
      .filter(([, value]) => value)
      .map(([name, value]) => ({ name, value: visible(value) }));
  }
}
