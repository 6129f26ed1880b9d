/** A row of a finished job: what was sent, and what became of it. */
export interface BulkRow {
  readonly sent: Readonly<Record<string, string>>;
  readonly id: string;
  readonly created: boolean;
  /** `CODE:message:fields --`; absent for a row that succeeded. */
  readonly error: string | undefined;
}

/** A job of the Bulk API 2.0. */
export interface BulkJob {
  readonly id: string;
  readonly object: string;
  readonly operation: 'insert' | 'update' | 'upsert' | 'delete';
  readonly externalIdFieldName: string;
  readonly createdById: string;
  readonly createdDate: string;
  state: 'Open' | 'JobComplete' | 'Aborted';
  csv: string;
  rows: readonly BulkRow[];
}
