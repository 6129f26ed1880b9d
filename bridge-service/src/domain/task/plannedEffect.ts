import type { JsonObject } from '../json.ts';

/** Fields of a record by API name, before or after an effect. */
export type RecordImage = JsonObject;

/** One change to one record, exactly as it is approved. `recordId` is missing for a create. */
export interface PlannedEffect {
  readonly operation: 'create' | 'update' | 'upsert' | 'delete';
  readonly object: string;
  readonly recordId?: string;
  /** API name of the field → new value; empty for a delete. */
  readonly fields: JsonObject;
  /**
   * What the plan was made over: the old values of `fields`, or all of the record for a delete. Whoever
   * approves the plan approves this too. Missing for a create.
   */
  readonly before?: RecordImage;
}
