import type { ApexRest } from './apexRest.ts';
import type { EventBus } from './events.ts';
import { Faults } from './http/faults.ts';
import { startServer, type LoggedRequest } from './http/server.ts';
import type { InvocableActions } from './invocableActions.ts';
import { readSource } from './metadata/readSource.ts';
import { OrgState } from './orgState.ts';
import { seededBytes, type RandomBytes } from './random.ts';
import { RecordTable } from './recordTable.ts';
import type { RecordLocks } from './records/locks.ts';
import type { Change } from './records/store.ts';
import type { ValidationRules } from './records/validationRules.ts';
import { handleRequest } from './routes/handleRequest.ts';
import type { ObjectDefinition } from './schema/objectType.ts';
import type { Schema } from './schema/schema.ts';
import type { OAuthClients } from './security/clients.ts';
import type { Sessions } from './security/sessions.ts';
import type { Users } from './security/users.ts';

export interface FakeOrgOptions {
  /** The clock of the org. */
  readonly now: () => Date;
  /** Where tokens come from; the same ones in every run unless told. */
  readonly random?: RandomBytes;
  /** Folders in source format, such as `force-app`: their objects and permission sets are there from the start. */
  readonly sources?: readonly string[];
  /** Objects besides the standard ones, and fields to add to those. */
  readonly objects?: readonly ObjectDefinition[];
  /** Newest API version; `68.0` unless told. */
  readonly apiVersion?: string;
  /** Two hours unless told. */
  readonly sessionLifetimeMs?: number;
  /** Requests until `REQUEST_LIMIT_EXCEEDED`; 15,000 unless told. */
  readonly dailyApiRequests?: number;
}

/** A Salesforce org on the loopback interface. */
export interface FakeOrg {
  /** Login and instance address, without a slash at its end. */
  readonly url: string;
  /** 18 characters. */
  readonly id: string;
  readonly users: Users;
  readonly clients: OAuthClients;
  readonly sessions: Sessions;
  readonly schema: Schema;
  /** Every write that stayed, with before-image and after-image, oldest first. */
  readonly changes: readonly Change[];
  readonly rules: ValidationRules;
  readonly locks: RecordLocks;
  readonly events: EventBus;
  readonly apexRest: ApexRest;
  readonly actions: InvocableActions;
  /** Secrets of principals of external credentials, by `<credential> <principal>`: no door gives them out. */
  readonly credentials: ReadonlyMap<string, Readonly<Record<string, string>>>;
  readonly faults: Faults;
  /** What was asked, in order of arrival. */
  readonly requests: readonly LoggedRequest[];
  table(objectName: string): RecordTable;
  /** Stops listening and breaks what is open. Rejects when the org met a bug of its own. */
  close(): Promise<void>;
}

export async function startFakeOrg(options: FakeOrgOptions): Promise<FakeOrg> {
  const {
    random = seededBytes('fake org'),
    objects = [],
    apiVersion = '68.0',
    sessionLifetimeMs = 2 * 60 * 60 * 1000,
    dailyApiRequests = 15_000,
  } = options;
  const source = readSource(options.sources ?? []);
  const org = new OrgState({
    now: options.now,
    random,
    objects: [...source.objects, ...objects],
    apiVersion,
    sessionLifetimeMs,
    dailyApiRequests,
  });
  for (const [name, grants] of Object.entries(source.permissionSets)) org.users.addPermissionSet(name, grants);
  const faults = new Faults();
  const requests: LoggedRequest[] = [];
  const bugs: unknown[] = [];
  const server = await startServer({
    faults,
    log: requests,
    handle: (request, url) => handleRequest(org, request, url),
    expireSession: (token) => {
      org.sessions.expire(token);
    },
    onBug: (error) => bugs.push(error),
  });
  return {
    url: server.url,
    id: org.id,
    users: org.users,
    clients: org.clients,
    sessions: org.sessions,
    schema: org.schema,
    rules: org.rules,
    locks: org.locks,
    events: org.events,
    apexRest: org.apexRest,
    actions: org.actions,
    credentials: org.credentials,
    changes: org.store.changes,
    faults,
    requests,
    table: (objectName) => new RecordTable(org, objectName),
    close: async () => {
      await server.close();
      if (bugs.length > 0) throw new AggregateError(bugs, 'The fake org met a bug of its own');
    },
  };
}
