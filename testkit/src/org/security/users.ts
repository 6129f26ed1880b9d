import type { IdSequence } from '../ids.ts';
import { printDateTime } from '../records/values.ts';
import type { RecordStore } from '../records/store.ts';
import type { StoredRecord } from '../schema/objectType.ts';
import { Access } from './access.ts';
import { administrator, type Grants } from './grants.ts';

export interface NewUser {
  readonly username: string;
  /** As shown; the username unless told. */
  readonly name?: string;
  /** What the profile of the user allows; nothing unless told, not even the API. */
  readonly grants?: Grants;
}

export interface FakeUser {
  readonly id: string;
  readonly username: string;
}

/** The users of an org, their profiles and permission sets. */
export class Users {
  /** May do everything; arranges the data of tests. */
  readonly administrator: FakeUser;
  readonly #store: RecordStore;
  readonly #ids: IdSequence;
  readonly #now: () => Date;
  readonly #profiles = new Map<string, Grants>();
  readonly #permissionSets = new Map<string, Grants>();

  constructor(store: RecordStore, ids: IdSequence, now: () => Date) {
    this.#store = store;
    this.#ids = ids;
    this.#now = now;
    this.administrator = this.add({ username: 'admin@example.com', name: 'Administrator', grants: administrator });
  }

  add({ username, name = username, grants = {} }: NewUser): FakeUser {
    const id = this.#create('User', '005', {
      Username: username,
      Name: name,
      LastName: name,
      Email: username,
      IsActive: true,
      UserType: 'Standard',
    });
    this.#profiles.set(id, grants);
    return { id, username };
  }

  /** A permission set that is not assigned to anybody yet; one of that name gets other grants and keeps its users. */
  addPermissionSet(name: string, grants: Grants): string {
    const known = this.#live('PermissionSet').find(({ Name }) => Name === name)?.['Id'];
    const id = typeof known === 'string' ? known : this.#create('PermissionSet', '0PS', { Name: name, Label: name });
    this.#permissionSets.set(id, grants);
    return id;
  }

  find(username: string): FakeUser | undefined {
    const record = this.#live('User').find(({ Username }) => Username === username);
    return record && { id: String(record['Id']), username };
  }

  /** The active user with an id. */
  get(id: string): FakeUser | undefined {
    const record = this.#store.find('User', id);
    return record?.['IsActive'] === true ? { id, username: String(record['Username']) } : undefined;
  }

  /** What a user may do at this moment: the profile and every permission set that is assigned. */
  accessOf(userId: string): Access {
    const assigned = this.#live('PermissionSetAssignment')
      .filter(({ AssigneeId }) => AssigneeId === userId)
      .map(({ PermissionSetId }) => this.#permissionSets.get(String(PermissionSetId)));
    const grants = [this.#profiles.get(userId), ...assigned].filter((each) => each !== undefined);
    return new Access(userId, grants, (object, id) => this.#store.find(object, id));
  }

  #live(object: string): readonly StoredRecord[] {
    return this.#store.all({ name: object }).filter(({ IsDeleted }) => IsDeleted !== true);
  }

  #create(object: string, keyPrefix: string, values: StoredRecord): string {
    const id = this.#ids.next(keyPrefix);
    // The first user is created by nobody else.
    const by = object === 'User' && this.#store.all({ name: 'User' }).length === 0 ? id : this.administrator.id;
    const at = printDateTime(this.#now());
    const stamps = { CreatedDate: at, CreatedById: by, LastModifiedDate: at, LastModifiedById: by, SystemModstamp: at };
    const after = { ...values, Id: id, IsDeleted: false, ...stamps };
    this.#store.write({ action: 'insert', object, id, by, before: undefined, after });
    return id;
  }
}
