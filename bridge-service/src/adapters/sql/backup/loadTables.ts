import { sql, type Transaction } from 'kysely';
import { commitmentOf } from '@agent-readiness/protocol/handoff';
import { leafHash, type Hash } from '@agent-readiness/protocol/log';
import { appendLeaves, rootOfFrontier } from '../../../domain/audit/merkleTree.ts';
import type { TreeHead } from '../../../ports/audit.ts';
import type { Tables } from '../tables.ts';
import { copiedTables } from './copiedTables.ts';

const page = 500;

/** A row as `dumpTables` gave it. */
export interface DumpedRow {
  readonly table: string;
  readonly json: string;
}

/** Whether nothing was ever recorded here. */
export async function isEmptyStore(db: Transaction<Tables>): Promise<boolean> {
  const entry = await db.selectFrom('audit_entry').select('position').limit(1).executeTakeFirst();
  const handoff = await db.selectFrom('handoff').select('txn').limit(1).executeTakeFirst();
  return entry === undefined && handoff === undefined;
}

/**
 * Fills an empty store, and computes the tree of the log anew from its entries.
 *
 * @returns the head of the log as it follows from them
 * @throws RangeError when an entry is missing, Error for a table that no backup holds
 */
export async function loadTables(db: Transaction<Tables>, rows: AsyncIterable<DumpedRow>): Promise<TreeHead> {
  let open: { readonly table: string; readonly rows: string[] } = { table: '', rows: [] };
  const flush = async (): Promise<void> => {
    if (open.rows.length > 0) await insertRows(db, open.table, open.rows);
  };
  for await (const { table, json } of rows) {
    if (open.table !== table || open.rows.length === page) {
      await flush();
      open = { table, rows: [] };
    }
    open.rows.push(json);
  }
  await flush();
  await sql`select setval(pg_get_serial_sequence('handoff_object', 'sequence'),
    coalesce(max(sequence), 1), max(sequence) is not null) from handoff_object`.execute(db);
  return computeTree(db);
}

async function insertRows(db: Transaction<Tables>, table: string, rows: readonly string[]): Promise<void> {
  if (!Object.hasOwn(copiedTables, table)) throw new Error('the backup holds a table that is unknown here');
  const name = sql.table(table);
  await sql`insert into ${name} overriding system value
    select * from jsonb_populate_recordset(null::${name}, ${`[${rows.join(',')}]`}::jsonb)`.execute(db);
}

async function computeTree(db: Transaction<Tables>): Promise<TreeHead> {
  let size = 0;
  let frontier: readonly Hash[] = [];
  for (;;) {
    const entries = await db
      .selectFrom('audit_entry')
      .select(['position', 'event', 'salt'])
      .where('position', '>=', size)
      .orderBy('position')
      .limit(page)
      .execute();
    if (entries.length === 0) break;
    if (entries.some(({ position }, at) => position !== size + at))
      throw new RangeError('an entry of the log is missing');
    const leaves = entries.map(({ event, salt }) => leafHash(commitmentOf(event, Buffer.from(salt).toString('hex'))));
    const grown = appendLeaves(size, frontier, leaves);
    await db
      .insertInto('audit_node')
      .values([...grown.nodes])
      .execute();
    size += entries.length;
    ({ frontier } = grown);
  }
  await db
    .updateTable('audit_head')
    .set({ size, frontier: Buffer.concat(frontier) })
    .execute();
  return { size, root: rootOfFrontier(frontier) };
}
