import { sql, type Transaction } from 'kysely';
import type { VaultStore } from '../../ports/vault.ts';
import type { Tables } from './tables.ts';

export function createSqlVault(db: Transaction<Tables>): VaultStore {
  return {
    async entries(keyId) {
      const rows = await db
        .selectFrom('vault_entry')
        .select(['token', 'type', 'sealed'])
        .where('key_id', '=', keyId)
        .orderBy('token')
        .execute();
      return rows.map((row) => ({ ...row, sealed: new Uint8Array(row.sealed) }));
    },
    async add(keyId, entries, expires) {
      if (entries.length > 0) {
        await db
          .insertInto('vault_entry')
          .values(entries.map((entry) => ({ ...entry, key_id: keyId, expires })))
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
      // The conversation goes on, so all of its tokens live on.
      await db
        .updateTable('vault_entry')
        .set({ expires: sql`greatest(expires, ${expires})` })
        .where('key_id', '=', keyId)
        .execute();
    },
    async purge(nowMs) {
      const { numDeletedRows } = await db.deleteFrom('vault_entry').where('expires', '<=', nowMs).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
