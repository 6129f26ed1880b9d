import { describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { openDatabase } from '../../../src/adapters/sql/openDatabase.ts';
import { noHandoff } from '../../../src/app/bridge.ts';
import { newEvent } from '../../../src/app/events.ts';
import { findPostgres, startPostgres } from '../../support/postgres.ts';
import { openStore } from '../../support/sqlStore.ts';
import { createTestClock } from '../../support/testClock.ts';

jest.setTimeout(120_000);

const programs = findPostgres();

describe('a transaction on PostgreSQL', () => {
  (programs === undefined ? it.skip : it)('that has ended is there after the server has died at once', async () => {
    // The server itself writes its log to disk only now and then: what is there was flushed by us.
    const lazy = ['wal_writer_delay=10s', 'bgwriter_delay=10s', 'synchronous_commit=off'];
    const server = await startPostgres(programs ?? '', undefined, lazy);
    const database = await openDatabase({ kind: 'postgres', url: await server.createDatabase(), maxConnections: 8 });
    try {
      const store = openStore(database);
      const about = { party: 'https://bridge.example.com', clock: createTestClock() };
      const append = () =>
        store.transaction(({ audit }) => {
          audit.append(newEvent(about, 'gate.allowed', { txn: noHandoff, contentSha256: '0'.repeat(64) }));
          return Promise.resolve();
        });
      const size = () => store.transaction(async ({ audit }) => (await audit.head()).size);
      for (const sofar of [0, 40]) {
        expect(await size()).toBe(sofar);
        await Promise.all(Array.from({ length: 40 }, append));
        await server.crash();
        await server.restart();
      }
      expect(await size()).toBe(80);
    } finally {
      await database.close();
      await server.stop();
    }
  });

  (programs === undefined ? it.skip : it)(
    'that was broken by a statement has failed, also when nobody looked',
    async () => {
      const server = await startPostgres(programs ?? '');
      const database = await openDatabase({ kind: 'postgres', url: await server.createDatabase(), maxConnections: 2 });
      try {
        const broken = database.db.transaction().execute(async (transaction) => {
          await sql`select 1/0`.execute(transaction).catch(() => undefined);
        });
        await expect(broken).rejects.toMatchObject({ code: '25P02' });
        const whole = database.db.transaction().execute((transaction) => sql`select 1 as one`.execute(transaction));
        expect((await whole).rows).toEqual([{ one: 1 }]);
      } finally {
        await database.close();
        await server.stop();
      }
    },
  );
});
