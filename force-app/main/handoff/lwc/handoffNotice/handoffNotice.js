import { LightningElement, api } from 'lwc';
import { visible } from 'c/handoffFormat';

/** Stands where content would be: `loading`, `empty` or `error`. */
export default class HandoffNotice extends LightningElement {
  static renderMode = 'light';

  /** @type {'loading' | 'empty' | 'error'} */
  @api kind = 'empty';
  @api text = '';

  get shownText() {
    return visible(this.text);
  }

  get isLoading() {
    return this.kind === 'loading';
  }

  /** An error interrupts a screen reader, the rest is said when there is time. */
  get role() {
    return this.kind === 'error' ? 'alert' : 'status';
  }

  get className() {
    return `notice ${this.kind}`;
  }
}
