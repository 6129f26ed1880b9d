import { LightningElement, wire } from 'lwc';
import { refreshApex } from '@salesforce/apex';
import recent from '@salesforce/apex/HandoffReview.recent';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { messageOf } from 'c/handoffFormat';
import { labels } from 'c/handoffLabels';

const MS = 1000;

/** The newest handoffs and the one that was chosen, for an app page. */
export default class HandoffApp extends LightningElement {
  labels = labels;
  locale = locale;
  timeZone = timeZone;
  now;
  handoffs;
  error;
  selectedId;

  connectedCallback() {
    this.now = Math.floor(Date.now() / MS);
  }

  @wire(recent)
  take(answer) {
    this.answer = answer;
    const { data, error } = answer;
    this.handoffs = data;
    this.error = error ? messageOf(error, labels) : undefined;
    if (data) this.selectedId ??= data[0]?.id;
  }

  select(event) {
    this.selectedId = event.detail.id;
  }

  /** What was decided does not wait in the list any more. */
  refresh() {
    this.now = Math.floor(Date.now() / MS);
    return refreshApex(this.answer);
  }
}
