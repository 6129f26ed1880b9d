import { SalesforceError } from '../errors.ts';
import type { StoredRecord } from '../schema/objectType.ts';

/** What a rule sees: the record as it would be stored, and as it was. */
export interface ValidationInput {
  readonly record: StoredRecord;
  /** Absent for a new record. */
  readonly before: StoredRecord | undefined;
  readonly userId: string;
}

/** The error condition of a validation rule: the message to show, or nothing when the record is fine. */
export type ValidationRule = (input: ValidationInput) => string | undefined;

export class ValidationRules {
  readonly #rules: { readonly object: string; readonly rule: ValidationRule; readonly field: string | undefined }[] =
    [];

  /** @param field the field that the message is shown at; the top of the page if there is none */
  add(object: string, rule: ValidationRule, field?: string): void {
    this.#rules.push({ object, rule, field });
  }

  /** @throws SalesforceError `FIELD_CUSTOM_VALIDATION_EXCEPTION` of the first rule that objects */
  check(objectName: string, input: ValidationInput): void {
    for (const { object, rule, field } of this.#rules) {
      const message = object === objectName ? rule(input) : undefined;
      if (message !== undefined) {
        throw new SalesforceError('FIELD_CUSTOM_VALIDATION_EXCEPTION', message, field === undefined ? [] : [field]);
      }
    }
  }
}
