import type { ObjectType, StoredRecord } from '../schema/objectType.ts';

/** One write that stayed: before-image and after-image. */
export interface Change {
  readonly action: 'insert' | 'update' | 'delete';
  readonly object: string;
  readonly id: string;
  /** The user who wrote. */
  readonly by: string;
  readonly before: StoredRecord | undefined;
  readonly after: StoredRecord;
}

/** Records in memory. What is deleted stays, marked, as in the recycle bin. */
export class RecordStore {
  readonly #tables = new Map<string, Map<string, StoredRecord>>();
  readonly #changes: Change[] = [];

  /** Every write so far, oldest first; what was rolled back is not among them. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** In order of creation, deleted ones too. */
  all({ name }: Pick<ObjectType, 'name'>): readonly StoredRecord[] {
    return [...(this.#tables.get(name)?.values() ?? [])];
  }

  find(objectName: string, id: string): StoredRecord | undefined {
    return this.#tables.get(objectName)?.get(id);
  }

  write(change: Change): void {
    this.#put(change.object, change.id, change.after);
    this.#changes.push(change);
  }

  /** Undoes the newest changes until `count` of them are left. */
  rollbackTo(count: number): void {
    for (const { object, id, before } of this.#changes.splice(count).reverse()) this.#put(object, id, before);
  }

  #put(object: string, id: string, record: StoredRecord | undefined): void {
    const table = this.#tables.get(object) ?? new Map<string, StoredRecord>();
    this.#tables.set(object, table);
    if (record) table.set(id, record);
    else table.delete(id);
  }
}
