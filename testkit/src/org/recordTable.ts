import type { OrgState } from './orgState.ts';
import type { Values } from './records/recordWriter.ts';
import type { ObjectType, StoredRecord } from './schema/objectType.ts';

/** The records of one object as a test sees them: as the administrator, past every permission. */
export class RecordTable {
  readonly #org: OrgState;
  readonly #name: string;

  /** @throws SalesforceError `INVALID_TYPE` when there is no such object */
  constructor(org: OrgState, name: string) {
    this.#org = org;
    this.#name = org.schema.get(name).name;
  }

  /** @returns the id of the new record */
  insert(values: Values): string {
    return this.#org.writer.insert(this.#type, values, this.#access);
  }

  update(id: string, values: Values): void {
    this.#org.writer.update(this.#type, id, values, this.#access);
  }

  delete(id: string): void {
    this.#org.writer.delete(this.#type, id, this.#access);
  }

  /** Records that are not deleted, in order of creation. */
  get all(): readonly StoredRecord[] {
    return this.#org.store.all(this.#type).filter(({ IsDeleted }) => IsDeleted !== true);
  }

  /** A record, also a deleted one. */
  get(id: string): StoredRecord | undefined {
    return this.#org.store.find(this.#name, id);
  }

  get #type(): ObjectType {
    return this.#org.schema.get(this.#name);
  }

  get #access() {
    return this.#org.users.accessOf(this.#org.users.administrator.id);
  }
}
