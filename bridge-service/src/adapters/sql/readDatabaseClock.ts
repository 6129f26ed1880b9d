import { sql } from 'kysely';
import type { Database } from './openDatabase.ts';

/** The time of the machine that the database runs on, milliseconds since the epoch. */
export async function readDatabaseClock({ db }: Pick<Database, 'db'>): Promise<number> {
  const { rows } = await sql<{ ms: number }>`
    select (extract(epoch from clock_timestamp()) * 1000)::double precision as ms`.execute(db);
  return rows[0]?.ms ?? 0;
}
