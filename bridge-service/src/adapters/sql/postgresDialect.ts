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

/**
 * PostgreSQL whose transactions commit without waiting for the disk, so that none holds its locks meanwhile: the
 * head of the log is one row, and whoever appends to it would queue for the disk. A transaction has ended once it is
 * on the disk all the same.
 */
export function createPostgresDialect(url: string, maxConnections: number): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: () => new LaterDurableDriver({ pool: createPostgresPool(url, maxConnections) }),
  };
}

/**
 * Commits, which gives the locks back, and then flushes: a second transaction writes an empty message into the
 * write-ahead log and nothing else. Its commit waits until the log is on disk up to there, and the commits of all
 * transactions that anybody can see stand before it; the server writes once for all that wait. A server that waits for
 * a standby as well goes on doing so; one that is set up to wait for nothing waits here.
 *
 * Where a statement has failed and nobody looked, the first one is refused: `commit` would roll back and call it a success.
 */
const commitAndFlush = `
  set local synchronous_commit to off;
  commit;
  select pg_logical_emit_message(true, 'bridge', ''),
    case current_setting('synchronous_commit') when 'off' then set_config('synchronous_commit', 'on', true) end`;

class LaterDurableDriver extends PostgresDriver {
  override async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw(commitAndFlush));
  }
}
