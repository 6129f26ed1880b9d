import type { JsonObject } from '../json.ts';

/** One change to one record, exactly as it is approved. `recordId` is missing for a create. */
export interface PlannedEffect {
  readonly operation: 'create' | 'update' | 'upsert' | 'delete';
  readonly object: string;
  readonly recordId?: string;
  /** API name of the field → new value; empty for a delete. */
  readonly fields: JsonObject;
}
