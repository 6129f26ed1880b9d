import { LightningElement, wire } from 'lwc';
import recent from '@salesforce/apex/HandoffReview.recent';
import locale from '@salesforce/i18n/locale';
import timeZone from '@salesforce/i18n/timeZone';
import { messageOf } from 'c/handoffFormat';

const MS = 1000;

/** The newest handoffs and the one that was chosen, for an app page. */
export default class HandoffApp extends LightningElement {
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
  take({ data, error }) {
    this.handoffs = data;
    this.error = error ? messageOf(error) : undefined;
    if (data) this.selectedId ??= data[0]?.id;
  }

  select(event) {
    this.selectedId = event.detail.id;
  }
}
