import { LightningElement, api } from 'lwc';
import { visible } from 'c/handoffFormat';
import { english } from 'c/handoffText';

/** Which values of the payload were named for masking, how the org classifies them, and whether a model was asked. */
export default class HandoffMasked extends LightningElement {
  static renderMode = 'light';

  /**
   * `model` is `asked`, `not_asked` or `pending`; a field without `entityType` was classified, but not named for masking.
   *
   * @type {{ model: string, fields: { field: string, entityType?: string, classification?: string,
   *   compliance: string[] }[] } | undefined} undefined while loading
   */
  @api masked;
  /** @type {typeof import('c/handoffText').english} */
  @api labels = english;

  get isLoading() {
    return this.masked === undefined;
  }

  get isEmpty() {
    return this.masked.fields.length === 0;
  }

  get sentence() {
    return this.labels.masked[this.masked.model];
  }

  get rows() {
    const { by_pattern: byPattern, unclassified } = this.labels.masked;
    return this.masked.fields.map(({ field, entityType, classification, compliance }) => ({
      field: visible(field),
      masking: entityType ? visible(entityType) : byPattern,
      maskingClass: entityType ? 'handoff-badge handoff-success' : 'handoff-badge handoff-warning',
      classes: [classification, ...compliance].filter(Boolean).map(visible).join(', ') || unclassified,
    }));
  }
}
