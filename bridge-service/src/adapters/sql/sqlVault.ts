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
      const rows = entries.map((entry) => ({ ...entry, key_id: keyId, expires }));
      // The conversation goes on, so all of its tokens live on.
      const prolong = (within: Pick<typeof db, 'updateTable'>) =>
        within
          .updateTable('vault_entry')
          .set({ expires: sql`greatest(expires, ${expires})` })
          .where('key_id', '=', keyId);
      if (rows.length === 0) await prolong(db).execute();
      else {
        const add = db.with('added', (added) =>
          added
            .insertInto('vault_entry')
            .values(rows)
            .onConflict((conflict) => conflict.doNothing()),
        );
        await prolong(add).execute();
      }
    },
    async purge(nowMs) {
      const { numDeletedRows } = await db.deleteFrom('vault_entry').where('expires', '<=', nowMs).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}
