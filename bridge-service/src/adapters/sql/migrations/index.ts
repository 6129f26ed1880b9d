import type { Migration } from 'kysely/migration';
import { start } from './0001Start.ts';

/** In order of their names. A migration that was released is never changed; another one follows it. */
export const migrations: Readonly<Record<string, Migration>> = { '0001_start': start };
