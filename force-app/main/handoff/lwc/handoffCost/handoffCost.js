import { LightningElement, api } from 'lwc';
import { formatUsd } from 'c/handoffFormat';

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

  get isLoading() {
    return this.cost === undefined;
  }

  get spent() {
    const { spentUsdMicros } = this.cost;
    return spentUsdMicros === undefined ? 'Not known yet' : formatUsd(spentUsdMicros, this.locale);
  }

  get limit() {
    const { limitUsdMicros } = this.cost;
    return limitUsdMicros === undefined ? 'no limit known' : `of at most ${formatUsd(limitUsdMicros, this.locale)}`;
  }

  get hasMeter() {
    return this.cost.spentUsdMicros !== undefined && this.cost.limitUsdMicros > 0;
  }

  get answers() {
    const count = this.cost.modelResponses.length;
    return count === 1 ? '1 answer of a model' : `${count} answers of a model`;
  }
}
