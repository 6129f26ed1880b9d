import type { Transaction } from 'kysely';
import type { Database } from './openDatabase.ts';
import type { Tables } from './tables.ts';

export type SqlTransaction = Transaction<Tables>;

/** One transaction, on the disk when the promise resolves. */
export async function lastingly<T>(
  { db, flush }: Pick<Database, 'db' | 'flush'>,
  work: (transaction: SqlTransaction) => Promise<T>,
): Promise<T> {
  const result = await db.transaction().execute(work);
  await flush();
  return result;
}
