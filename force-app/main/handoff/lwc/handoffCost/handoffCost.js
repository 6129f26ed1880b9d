import { LightningElement, api } from 'lwc';
import { formatUsd } from 'c/handoffFormat';
import { english, fill } from 'c/handoffText';

/** What a handoff has cost, against what it may cost. */
export default class HandoffCost extends LightningElement {
  static renderMode = 'light';

  /**
   * Millionths of a US dollar; what was spent is known with the result.
   *
   * @type {{ spentUsdMicros?: number, limitUsdMicros?: number, modelResponses: string[] } | undefined}
   */
  @api cost;
  @api locale = 'en-US';
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get isLoading() {
    return this.cost === undefined;
  }

  get spent() {
    const { spentUsdMicros } = this.cost;
    return spentUsdMicros === undefined ? this.labels.cost.unknown : formatUsd(spentUsdMicros, this.locale);
  }

  get limit() {
    const { limitUsdMicros } = this.cost;
    const { no_limit: unlimited, limit } = this.labels.cost;
    return limitUsdMicros === undefined ? unlimited : fill(limit, formatUsd(limitUsdMicros, this.locale));
  }

  get hasMeter() {
    return this.cost.spentUsdMicros !== undefined && this.cost.limitUsdMicros > 0;
  }

  get answers() {
    const count = this.cost.modelResponses.length;
    return count === 1 ? this.labels.cost.answer : fill(this.labels.cost.answers, count);
  }
}
