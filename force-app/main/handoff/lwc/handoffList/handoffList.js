import { LightningElement, api } from 'lwc';
import { SIGNS, formatDuration, formatTime, isoTime, statusOf, visible } from 'c/handoffFormat';

/**
 * Handoffs to choose from, in the order in which they are given. `handoffselect` carries `{ id }`.
 *
 * @fires handoffselect
 */
export default class HandoffList extends LightningElement {
  static renderMode = 'light';

  /**
   * `at` and `due` in seconds since the epoch; `isOpen` while the bridge or a close is waited for.
   *
   * @type {{ id: string, name: string, status: string, reason?: string, taskType?: string, agent?: string,
   *   ownerPerson?: string, at: number, due?: number, isOpen: boolean }[] | undefined} undefined while loading
   */
  @api handoffs;
  @api selectedId;
  /** Why there is nothing to show, in words. */
  @api error;
  /** Seconds since the epoch. */
  @api now;
  @api locale = 'en-US';
  @api timeZone = 'UTC';

  get isLoading() {
    return !this.error && this.handoffs === undefined;
  }

  get isEmpty() {
    return !this.error && this.handoffs?.length === 0;
  }

  get rows() {
    return this.handoffs.map(({ id, name, status, reason, taskType, agent, ownerPerson, at, due, isOpen }) => {
      const { label, tone } = statusOf(status);
      const isSelected = id === this.selectedId;
      return {
        id,
        name: visible(name),
        task: visible(taskType) || 'unknown task',
        agent: visible(agent) || 'unknown agent',
        owner: visible(ownerPerson) || 'nobody',
        reason: visible(reason),
        label,
        sign: SIGNS[tone],
        badgeClass: `handoff-badge handoff-${tone}`,
        time: formatTime(at, this.locale, this.timeZone),
        iso: isoTime(at),
        due: isOpen ? this.dueText(due) : undefined,
        className: isSelected ? 'row selected' : 'row',
        current: isSelected ? 'true' : undefined,
      };
    });
  }

  dueText(due) {
    if (typeof due !== 'number' || typeof this.now !== 'number') return undefined;
    return due > this.now ? `due in ${formatDuration(due - this.now)}` : `overdue by ${formatDuration(this.now - due)}`;
  }

  select(event) {
    const { id } = event.currentTarget.dataset;
    this.dispatchEvent(new CustomEvent('handoffselect', { detail: { id }, bubbles: true }));
  }
}
