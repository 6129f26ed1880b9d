import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { openDatabase, type Database, type DatabaseLocation } from '../../src/adapters/sql/openDatabase.ts';
import { findPostgres, startPostgres, type PostgresServer } from './postgres.ts';

// The machine that runs the tests may be slow; what must be fast is measured by the tests themselves.
jest.setTimeout(60_000);

/** Opens the same database again, as another replica does; what PGlite cannot, for it is one process. */
export interface DatabaseUnderTest {
  readonly database: Database;
  readonly another: (() => Promise<Database>) | undefined;
  /** A new, empty one of the same kind. */
  readonly fresh: () => Promise<Database>;
}

/**
 * Runs the same tests on PGlite and on PostgreSQL. Without a PostgreSQL package on the machine the second
 * half is skipped and says so; CI installs it.
 */
export function describeOnBothDatabases(name: string, tests: (get: () => DatabaseUnderTest) => void): void {
  describe(`${name} on PGlite`, () => {
    let opened: DatabaseUnderTest | undefined;
    const others: Database[] = [];
    const fresh = async (): Promise<Database> => {
      const other = await openDatabase({ kind: 'memory' });
      others.push(other);
      return other;
    };
    beforeAll(async () => {
      opened = { database: await openDatabase({ kind: 'memory' }), another: undefined, fresh };
    }, 120_000);
    afterAll(async () => {
      for (const database of [opened?.database, ...others]) await database?.close();
    });
    tests(() => given(opened));
  });

  const programs = findPostgres();
  const describePostgres = programs === undefined ? describe.skip : describe;
  describePostgres(`${name} on PostgreSQL${programs === undefined ? ' (not installed here)' : ''}`, () => {
    let server: PostgresServer | undefined;
    let opened: DatabaseUnderTest | undefined;
    const others: Database[] = [];
    beforeAll(async () => {
      const started = await startPostgres(programs ?? '');
      server = started;
      const newLocation = async (): Promise<DatabaseLocation> => {
        return { kind: 'postgres', url: await started.createDatabase(), maxConnections: 10 };
      };
      const open = async (location: DatabaseLocation): Promise<Database> => {
        const other = await openDatabase(location);
        others.push(other);
        return other;
      };
      const location = await newLocation();
      opened = {
        database: await openDatabase(location),
        another: () => open(location),
        fresh: async () => open(await newLocation()),
      };
    }, 120_000);
    afterAll(async () => {
      for (const database of [opened?.database, ...others]) await database?.close();
      await server?.stop();
    });
    tests(() => given(opened));
  });
}

function given<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('not opened');
  return value;
}
