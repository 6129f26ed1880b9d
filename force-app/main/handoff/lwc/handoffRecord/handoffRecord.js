import { LightningElement, api, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import decide from '@salesforce/apex/HandoffReview.decide';
import read from '@salesforce/apex/HandoffReview.read';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { messageOf } from 'c/handoffFormat';
import { labels } from 'c/handoffLabels';
import { obstacleText, reviewOf } from 'c/handoffView';

const MS = 1000;

/**
 * One handoff on its record page: binds `c-handoff-review` to the org, its clock and its reader. Its shadow keeps what it
 * shows from other components of the page. `handoffdecided` says that a decision was taken.
 *
 * @fires handoffdecided
 */
export default class HandoffRecord extends LightningElement {
  shownId;
  labels = labels;
  locale = locale;
  timeZone = timeZone;
  now;
  review;
  error;
  busy = false;
  decisionError;

  @api get recordId() {
    return this.shownId;
  }

  /** What belongs to another handoff is not shown while this one is read. */
  set recordId(id) {
    this.shownId = id;
    this.review = undefined;
    this.error = undefined;
    this.decisionError = undefined;
  }

  connectedCallback() {
    this.tick();
    this.timer = setInterval(() => this.tick(), MS);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  tick() {
    this.now = Math.floor(Date.now() / MS);
  }

  @wire(read, { handoffId: '$shownId' })
  take(answer) {
    this.answer = answer;
    const { data, error } = answer;
    this.review = data ? reviewOf(data, labels) : undefined;
    if (error) this.error = messageOf(error, labels);
    else this.error = data === null ? labels.review.not_found : undefined;
  }

  approve(event) {
    return this.decide(event.detail, true);
  }

  deny(event) {
    return this.decide(event.detail, false);
  }

  async decide({ planSha256, reason }, isApproved) {
    this.busy = true;
    this.decisionError = undefined;
    try {
      await decide({ approvalId: this.review.approval.id, planSha256, isApproved, reason });
      this.dispatchEvent(new CustomEvent('handoffdecided'));
      await refreshApex(this.answer);
    } catch (error) {
      this.decisionError = obstacleText(messageOf(error, labels), labels);
    } finally {
      this.busy = false;
    }
  }
}
