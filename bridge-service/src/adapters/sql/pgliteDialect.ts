import { messages, type PGlite, type Transaction } from '@electric-sql/pglite';
import {
  PGliteAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
} from 'kysely';
import { reach } from './reach.ts';

/**
 * Kysely on PGlite for concurrent use. Kysely's own dialect hands one connection to everybody, so that
 * a query of one request runs inside the transaction of another, and two transactions at once end each
 * other. Here each user has a connection of their own, and PGlite queues them.
 */
export function createPgliteDialect(pglite: PGlite): Dialect {
  return {
    createAdapter: () => new PGliteAdapter(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createDriver: (): Driver => ({
      init: () => pglite.waitReady,
      acquireConnection: () => Promise.resolve(new Connection(pglite)),
      beginTransaction: (connection) => asOurs(connection).begin(),
      commitTransaction: (connection) => asOurs(connection).end('commit'),
      rollbackTransaction: (connection) => asOurs(connection).end('rollback'),
      releaseConnection: () => Promise.resolve(),
      destroy: () => (pglite.closed ? Promise.resolve() : pglite.close()),
    }),
  };
}

function asOurs(connection: DatabaseConnection): Connection {
  if (connection instanceof Connection) return connection;
  throw new TypeError('a connection of another driver');
}

class RolledBack extends Error {}

function codeOf(error: unknown): string | undefined {
  return error instanceof messages.DatabaseError ? (error.code ?? '') : undefined;
}

class Connection implements DatabaseConnection {
  readonly #pglite: PGlite;
  #open: { readonly transaction: Transaction; readonly end: (how: 'commit' | 'rollback') => Promise<void> } | undefined;

  constructor(pglite: PGlite) {
    this.#pglite = pglite;
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const target = this.#open?.transaction ?? this.#pglite;
    const { rows, affectedRows } = await reach(() => target.query<R>(sql, [...parameters]), codeOf);
    return { rows, ...(affectedRows === undefined ? {} : { numAffectedRows: BigInt(affectedRows) }) };
  }

  /** PGlite runs a transaction as a callback: it is kept open until `end` is called. */
  async begin(): Promise<void> {
    const begun = Promise.withResolvers<Transaction>();
    const ended = Promise.withResolvers<undefined>();
    const done = this.#pglite.transaction(async (transaction) => {
      begun.resolve(transaction);
      await ended.promise;
    });
    done.catch(begun.reject);
    const transaction = await reach(() => begun.promise, codeOf);
    const end = async (how: 'commit' | 'rollback'): Promise<void> => {
      if (how === 'commit') ended.resolve(undefined);
      else ended.reject(new RolledBack());
      const ending = done.catch((error: unknown) => {
        if (!(error instanceof RolledBack)) throw error;
      });
      await reach(() => ending, codeOf);
    };
    this.#open = { transaction, end };
  }

  async end(how: 'commit' | 'rollback'): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    await open?.end(how);
  }

  // eslint-disable-next-line require-yield -- the interface asks for a generator
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    await Promise.reject(new Error('PGlite does not stream'));
  }
}
