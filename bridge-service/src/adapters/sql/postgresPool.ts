import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg, { type PoolClient } from 'pg';
import { StoreUnavailableError } from '../../ports/store.ts';

const { DatabaseError, Pool, types } = pg;

/** Connections to a server, whose loss is told apart from what the server answers. */
export function createPostgresPool(url: string, maxConnections: number): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    // Counters and times are whole numbers below 2^53.
    types: {
      getTypeParser: (...[type, format]: Parameters<typeof types.getTypeParser>): unknown =>
        type === types.builtins.INT8 ? Number : types.getTypeParser(type, format),
    },
  });
  // Without listeners a connection that breaks would end the process: idle ones are replaced by the pool, and
  // whoever uses one learns of it by the query that fails.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return {
    options: pool.options,
    connect: async () => clientOf(await reach(() => pool.connect())),
    end: () => pool.end(),
  };
}

function clientOf(client: PoolClient): PostgresPoolClient {
  // Only this form of it: cursors are not configured.
  const query = <R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> =>
    reach(async () => (await client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>);
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => {
      client.release(destroy);
    },
  };
}

/** SQLSTATE classes: connection exception, insufficient resources, operator intervention (shutdown). */
const unavailableClasses: readonly string[] = ['08', '53', '57'];

/** What is no answer of the server, or an answer that it cannot serve, says that it cannot be reached. */
async function reach<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    const isAnswer = error instanceof DatabaseError && !unavailableClasses.includes(error.code?.slice(0, 2) ?? '');
    throw isAnswer ? error : new StoreUnavailableError('the database cannot be reached', { cause: error });
  }
}
