import { LightningElement, api } from 'lwc';
import { SIGNS, formatDuration, formatTime, isoTime, statusOf, visible } from 'c/handoffFormat';
import { english, fill } from 'c/handoffText';

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
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get isLoading() {
    return !this.error && this.handoffs === undefined;
  }

  get isEmpty() {
    return !this.error && this.handoffs?.length === 0;
  }

  get rows() {
    const { list } = this.labels;
    return this.handoffs.map(({ id, name, status, reason, taskType, agent, ownerPerson, at, due, isOpen }) => {
      const { label, tone } = statusOf(status, this.labels);
      const isSelected = id === this.selectedId;
      return {
        id,
        name: visible(name),
        task: visible(taskType) || list.unknown_task,
        agent: visible(agent) || list.unknown_agent,
        owner: visible(ownerPerson) || list.nobody,
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
    const { due: dueIn, overdue } = this.labels.list;
    return due > this.now ? fill(dueIn, formatDuration(due - this.now)) : fill(overdue, formatDuration(this.now - due));
  }

  select(event) {
    const { id } = event.currentTarget.dataset;
    this.dispatchEvent(new CustomEvent('handoffselect', { detail: { id }, bubbles: true }));
  }
}
