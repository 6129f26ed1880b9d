import { LightningElement, api } from 'lwc';
import { visible } from 'c/handoffFormat';
import { english } from 'c/handoffText';
import { planEffects } from './planEffects';

/** Exactly what would be changed: as a table where the plan names records, and the text under the digest always. */
export default class HandoffPlan extends LightningElement {
  static renderMode = 'light';

  /** Canonical JSON. */
  @api plan = '';
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get effects() {
    return planEffects(this.plan, this.labels.plan).map((effect) => ({
      ...effect,
      operationClass: `handoff-badge handoff-${effect.isDelete ? 'error' : 'info'}`,
      rows: effect.rows.map((row) => ({
        ...row,
        className: `${row.isSame ? 'same' : 'changed'} handoff-mono handoff-foreign`,
      })),
      caption: `${effect.operation} ${effect.object} ${effect.record}`,
    }));
  }

  get isTextOnly() {
    return this.effects.length === 0;
  }

  get text() {
    return visible(this.plan);
  }
}
