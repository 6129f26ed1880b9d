import { mkdirSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { fromPglite, type ConstructorOptions } from 'pg-boss';
import { migrations } from './migrations/index.ts';
import { createPgliteDialect } from './pgliteDialect.ts';
import { createPostgresDialect } from './postgresDialect.ts';
import type { Tables } from './tables.ts';
import { lockFolder } from './lockFolder.ts';

/** Where the state is: one server for several replicas, or a folder for one process. */
export type DatabaseLocation =
  | { readonly kind: 'postgres'; readonly url: string; readonly maxConnections: number }
  | { readonly kind: 'pglite'; readonly folder: string }
  | { readonly kind: 'memory' };

export interface Database {
  readonly kind: 'postgres' | 'pglite';
  /** A transaction of it has ended once it is durable, with everything that it could see. */
  readonly db: Kysely<Tables>;
  /** How the job queue reaches the same database. */
  readonly jobs: ConstructorOptions;
  readonly close: () => Promise<void>;
}

/** Opens the store and brings its tables up to date; of several replicas one migrates, the others wait. */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const database = location.kind === 'postgres' ? openPostgres(location) : await openPglite(location);
  const { error } = await new Migrator({
    db: database.db,
    provider: { getMigrations: () => Promise.resolve({ ...migrations }) },
  }).migrateToLatest();
  if (error !== undefined) {
    await database.close();
    throw new Error('the tables could not be brought up to date', { cause: error });
  }
  return database;
}

function openPostgres({ url, maxConnections }: Extract<DatabaseLocation, { kind: 'postgres' }>): Database {
  const db = new Kysely<Tables>({ dialect: createPostgresDialect(url, maxConnections) });
  const jobs: ConstructorOptions = { connectionString: url, max: 3, backend: 'postgres' };
  return { kind: 'postgres', db, jobs, close: () => db.destroy() };
}

async function openPglite(location: Exclude<DatabaseLocation, { kind: 'postgres' }>): Promise<Database> {
  const unlock = location.kind === 'pglite' ? lockFolder(location.folder) : () => undefined;
  if (location.kind === 'pglite') mkdirSync(location.folder, { recursive: true, mode: 0o700 });
  const pglite = await PGlite.create(location.kind === 'pglite' ? { dataDir: location.folder } : {});
  const db = new Kysely<Tables>({ dialect: createPgliteDialect(pglite) });
  return {
    kind: 'pglite',
    db,
    jobs: { db: fromPglite(pglite), backend: 'pglite' },
    close: async () => {
      await db.destroy();
      unlock();
    },
  };
}
