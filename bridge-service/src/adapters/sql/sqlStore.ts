import type { Kysely, Transaction } from 'kysely';
import type { Outbox } from '../../ports/outbox.ts';
import type { Store } from '../../ports/store.ts';
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
export function createSqlStore(db: Kysely<Tables>, { wrapping, outbox }: SqlStoreOptions): Store {
  return {
    transaction: (work) =>
      db.transaction().execute(async (transaction) => {
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
      }),
  };
}
