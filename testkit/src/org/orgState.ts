import { ApexRest } from './apexRest.ts';
import type { BulkJob } from './bulkJobs.ts';
import { EventBus } from './events.ts';
import { IdSequence } from './ids.ts';
import { InvocableActions } from './invocableActions.ts';
import { MetadataStore } from './metadata/metadataStore.ts';
import type { RandomBytes } from './random.ts';
import { RecordLocks } from './records/locks.ts';
import { RecordWriter } from './records/recordWriter.ts';
import { RecordStore } from './records/store.ts';
import { ValidationRules } from './records/validationRules.ts';
import { printDateTime } from './records/values.ts';
import type { ObjectDefinition } from './schema/objectType.ts';
import { Schema } from './schema/schema.ts';
import { OAuthClients } from './security/clients.ts';
import { Sessions } from './security/sessions.ts';
import { Users } from './security/users.ts';

export interface OrgSettings {
  readonly now: () => Date;
  readonly random: RandomBytes;
  readonly objects: readonly ObjectDefinition[];
  /** `68.0`. */
  readonly apiVersion: string;
  readonly sessionLifetimeMs: number;
  readonly dailyApiRequests: number;
}

/** A place in the story of a request that it can be taken back to. */
interface Savepoint {
  readonly changes: number;
  readonly events: number;
}

/** Everything an org knows. The routes read and change it; it knows nothing of HTTP. */
export class OrgState {
  readonly settings: OrgSettings;
  readonly schema: Schema;
  readonly store = new RecordStore();
  readonly ids = new IdSequence();
  readonly locks = new RecordLocks();
  readonly rules = new ValidationRules();
  readonly events = new EventBus();
  readonly apexRest = new ApexRest();
  readonly actions = new InvocableActions();
  /** Secrets of principals, by external credential and principal. */
  readonly credentials = new Map<string, Readonly<Record<string, string>>>();
  readonly metadata = new MetadataStore();
  readonly clients = new OAuthClients();
  readonly users: Users;
  readonly sessions: Sessions;
  readonly writer: RecordWriter;
  /** 18 characters, `00D…`. */
  readonly id: string;
  /** Rows of long queries that have not been fetched, by locator. */
  readonly cursors = new Map<string, { readonly userId: string; readonly records: readonly object[] }>();
  readonly bulkJobs = new Map<string, BulkJob>();
  apiRequests = 0;

  constructor(settings: OrgSettings) {
    const { now, random, objects, sessionLifetimeMs } = settings;
    this.settings = settings;
    this.schema = new Schema(objects);
    this.users = new Users(this.store, this.ids, now);
    this.id = this.#createOrganization();
    this.sessions = new Sessions(this.id, random, now, sessionLifetimeMs);
    this.writer = new RecordWriter(this);
  }

  get now(): () => Date {
    return this.settings.now;
  }

  savepoint(): Savepoint {
    return { changes: this.store.changes.length, events: this.events.pendingCount };
  }

  rollback({ changes, events }: Savepoint): void {
    this.store.rollbackTo(changes);
    this.events.rollbackTo(events);
  }

  #createOrganization(): string {
    const id = this.ids.next('00D');
    const by = this.users.administrator.id;
    const at = printDateTime(this.now());
    const stamps = { CreatedDate: at, CreatedById: by, LastModifiedDate: at, LastModifiedById: by, SystemModstamp: at };
    const own = { Name: 'Fake Org', InstanceName: 'FAKE0', IsSandbox: true, OrganizationType: 'Developer Edition' };
    const after = { ...own, Id: id, IsDeleted: false, ...stamps };
    this.store.write({ action: 'insert', object: 'Organization', id, by, before: undefined, after });
    return id;
  }
}
