import { LightningElement, api } from 'lwc';
import { formatTime, isoTime, shortDigest, visible } from 'c/handoffFormat';
import { english, fill } from 'c/handoffText';

/** What happened on both surfaces, oldest first, and who held custody from when. */
export default class HandoffTimeline extends LightningElement {
  static renderMode = 'light';

  /** @type {object[] | undefined} `steps` of `c/handoffView`; undefined while loading */
  @api steps;
  @api locale = 'en-US';
  @api timeZone = 'UTC';
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get isLoading() {
    return this.steps === undefined;
  }

  get isEmpty() {
    return this.steps.length === 0;
  }

  get rows() {
    const labels = this.labels.timeline;
    return this.steps.map(({ key, at, side, title, detail, code, digest, prev, custody }) => ({
      key,
      className: `step ${side}`,
      side: labels[side],
      title: visible(title),
      detail: visible(detail),
      code: visible(code),
      time: formatTime(at, this.locale, this.timeZone),
      iso: isoTime(at),
      digest: digest && shortDigest(digest),
      fullDigest: digest && visible(digest),
      prev: prev && shortDigest(prev),
      custody: custody && fill(labels.custody, labels[custody.side]),
      owner: custody && visible([custody.person, custody.queue].filter(Boolean).join(', ')),
    }));
  }
}
