import {
  CompiledQuery,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
} from 'kysely';
import { createPostgresPool } from './postgresPool.ts';
import { createSharedFlush } from './sharedFlush.ts';

/**
 * PostgreSQL whose transactions commit without waiting for the disk, so that none holds its locks meanwhile: the
 * head of the log is one row, and whoever appends to it would queue for the disk. What was committed is durable
 * once `flush` has resolved; one flush serves everybody who waits for it.
 */
export function createPostgresDialect(
  url: string,
  maxConnections: number,
): { readonly dialect: Dialect; readonly flush: () => Promise<void>; readonly close: () => Promise<void> } {
  // A connection of its own: transactions that wait for one must not keep others from becoming durable.
  const flushing = createPostgresPool(url, 1);
  const flush = createSharedFlush(async () => {
    const client = await flushing.connect();
    try {
      await client.query(flushStatement, []);
    } finally {
      client.release();
    }
  });
  const dialect: Dialect = {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => new LaterDurableDriver({ pool: createPostgresPool(url, maxConnections) }),
  };
  return { dialect, flush, close: () => flushing.end() };
}

/**
 * A transaction that writes an empty message into the write-ahead log and nothing else: its commit waits until
 * the log is on disk up to there, and the commits of all transactions that anybody can see stand before it. A
 * server that waits for a standby as well goes on doing so; one that is set up to wait for nothing waits here.
 */
const flushStatement = `
  select pg_logical_emit_message(true, 'bridge', ''),
    case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', true) end`;

class LaterDurableDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin; set local synchronous_commit to off'));
  }
}
