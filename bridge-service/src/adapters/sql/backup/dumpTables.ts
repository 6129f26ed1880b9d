import { sql, type Kysely } from 'kysely';
import type { TreeHead } from '../../../ports/audit.ts';
import type { Random } from '../../../ports/clock.ts';
import { migrations } from '../migrations/index.ts';
import { createSqlAudit } from '../sqlAudit.ts';
import type { Tables } from '../tables.ts';
import { copiedTables } from './copiedTables.ts';

const page = 500;

/** Names of the migrations that a backup needs: it is read by the version that wrote it. */
export const schemaOf = (): readonly string[] => Object.keys(migrations).sort();

/**
 * Reads the whole store as it is at one moment, while others go on writing. First `begin` is told the head
 * of the log at that moment, then `row` gets each row as the JSON of the database, which keeps every value
 * exactly.
 */
export async function dumpTables(
  db: Kysely<Tables>,
  random: Random,
  begin: (head: TreeHead) => Promise<void>,
  row: (table: string, json: string) => Promise<void>,
): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (transaction) => {
      await begin(await createSqlAudit(transaction, random).head());
      for (const [table, order] of Object.entries(copiedTables)) {
        const by = sql.join(order.map((column) => sql.ref(column)));
        await sql`declare copied no scroll cursor for
          select to_jsonb(t)::text as json from ${sql.table(table)} t order by ${by}`.execute(transaction);
        for (;;) {
          const { rows } = await sql<{ json: string }>`fetch ${sql.lit(page)} from copied`.execute(transaction);
          for (const { json } of rows) await row(table, json);
          if (rows.length < page) break;
        }
        await sql`close copied`.execute(transaction);
      }
    });
}
