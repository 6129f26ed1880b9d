import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg, { type PoolClient } from 'pg';
import { reach } from './reach.ts';

const { DatabaseError, Pool, types } = pg;

/** As long as a lease: whoever sleeps in the middle of a transaction for longer is taken for dead there, too. */
const longestPauseMs = 10_000;

/**
 * Connections to a server, whose loss is told apart from what the server answers.
 *
 * @param pauseMs after which the server ends a transaction that asks nothing, and lets go of what it has locked
 */
export function createPostgresPool(url: string, maxConnections: number, pauseMs = longestPauseMs): PostgresPool {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    idle_in_transaction_session_timeout: pauseMs,
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
    connect: async () => clientOf(await reach(() => pool.connect(), codeOf)),
    end: () => pool.end(),
  };
}

function clientOf(client: PoolClient): PostgresPoolClient {
  // Only this form of it: cursors are not configured.
  const query = <R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> =>
    reach(async () => (await client.query(sql, [...parameters])) as unknown as PostgresQueryResult<R>, codeOf);
  return {
    query: query as PostgresPoolClient['query'],
    release: (destroy) => {
      client.release(destroy);
    },
  };
}

function codeOf(error: unknown): string | undefined {
  return error instanceof DatabaseError ? (error.code ?? '') : undefined;
}
