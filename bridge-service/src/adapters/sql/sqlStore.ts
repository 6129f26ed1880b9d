import type { Transaction } from 'kysely';
import type { Outbox } from '../../ports/outbox.ts';
import type { Store, Unit } from '../../ports/store.ts';
import type { Database } from './openDatabase.ts';
import { createSqlAudit } from './sqlAudit.ts';
import { createSqlBudget } from './sqlBudget.ts';
import { createSqlHandoffs } from './sqlHandoffs.ts';
import { createSqlKeys, type KeyWrapping } from './sqlKeys.ts';
import { createSqlKillSwitch } from './sqlKillSwitch.ts';
import { createSqlVault } from './sqlVault.ts';
import type { Tables } from './tables.ts';

export interface SqlStoreOptions {
  readonly wrapping: KeyWrapping;
  /** The outbox writes its jobs through the same transaction. */
  readonly outbox: (transaction: Transaction<Tables>) => Outbox;
}

/** PostgreSQL and PGlite alike: what differs is in `openDatabase`. */
export function createSqlStore({ db }: Pick<Database, 'db'>, options: SqlStoreOptions): Store {
  return {
    transaction: (work) => db.transaction().execute((transaction) => workWithin(transaction, options, work)),
  };
}

/** The work of a unit within a transaction that somebody else ends. */
export async function workWithin<T>(
  transaction: Transaction<Tables>,
  { wrapping, outbox }: SqlStoreOptions,
  work: (unit: Unit) => Promise<T>,
): Promise<T> {
  const audit = createSqlAudit(transaction, wrapping.random);
  const result = await work({
    handoffs: createSqlHandoffs(transaction),
    audit,
    budget: createSqlBudget(transaction),
    killSwitch: createSqlKillSwitch(transaction),
    keys: createSqlKeys(transaction, wrapping),
    vault: createSqlVault(transaction),
    outbox: outbox(transaction),
  });
  await audit.flush();
  return result;
}
