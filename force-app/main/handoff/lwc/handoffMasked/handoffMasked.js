import { LightningElement, api } from 'lwc';
import { visible } from 'c/handoffFormat';

const MODEL = {
  asked: 'A model was asked. It saw a token in place of each value that is masked.',
  not_asked: 'No model was asked.',
  pending: 'No result yet. A model will see a token in place of each value that is masked.',
};

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

  get isLoading() {
    return this.masked === undefined;
  }

  get isEmpty() {
    return this.masked.fields.length === 0;
  }

  get sentence() {
    return MODEL[this.masked.model];
  }

  get rows() {
    return this.masked.fields.map(({ field, entityType, classification, compliance }) => ({
      field: visible(field),
      masking: entityType ? visible(entityType) : 'by pattern only',
      maskingClass: entityType ? 'handoff-badge handoff-success' : 'handoff-badge handoff-warning',
      classes: [classification, ...compliance].filter(Boolean).map(visible).join(', ') || 'not classified',
    }));
  }
}
