import { rmSync, writeFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, jest } from '@jest/globals';
import { sql } from 'kysely';
import { lockFolder } from '../../../src/adapters/sql/lockFolder.ts';
import { createPostgresPool } from '../../../src/adapters/sql/postgresPool.ts';
import { openDatabase } from '../../../src/adapters/sql/openDatabase.ts';
import { findPostgres, startPostgres } from '../../support/postgres.ts';
import { openStore } from '../../support/sqlStore.ts';

jest.setTimeout(120_000);

const programs = findPostgres();

describe('a database that is gone', () => {
  (programs === undefined ? it.skip : it)('is reported as such, in time, and used again when it is back', async () => {
    const server = await startPostgres(programs ?? '');
    const database = await openDatabase({ kind: 'postgres', url: await server.createDatabase(), maxConnections: 2 });
    try {
      const store = openStore(database);
      const size = () => store.transaction(async ({ audit }) => (await audit.head()).size);
      expect(await size()).toBe(0);
      const interrupted = store.transaction(async ({ audit }) => {
        await server.crash();
        return audit.head();
      });
      await expect(interrupted).rejects.toMatchObject({ name: 'StoreUnavailableError' });
      const begun = Date.now();
      await expect(size()).rejects.toMatchObject({ name: 'StoreUnavailableError' });
      expect(Date.now() - begun).toBeLessThan(10_000);
      await server.restart();
      expect(await size()).toBe(0);
      // What the server answers is no outage.
      const answered = store.transaction(() => sql`select 1/0`.execute(database.db));
      await expect(answered).rejects.toMatchObject({ code: '22012' });
    } finally {
      await database.close();
      await server.stop();
    }
  });
});

describe('a replica that sleeps in the middle of a transaction', () => {
  (programs === undefined ? it.skip : it)('loses it, and holds nobody else up', async () => {
    const server = await startPostgres(programs ?? '');
    const pool = createPostgresPool(await server.createDatabase(), 2, 500);
    try {
      const [sleeper, other] = [await pool.connect(), await pool.connect()];
      const lock = 'select pg_advisory_xact_lock(1)';
      for (const statement of ['begin', lock]) await sleeper.query(statement, []);
      await other.query('begin', []);
      expect((await other.query(lock, [])).command).toBe('SELECT');
      await other.query('commit', []);
      await expect(sleeper.query('commit', [])).rejects.toMatchObject({ name: 'StoreUnavailableError' });
      sleeper.release(true);
      other.release();
    } finally {
      await pool.end();
      await server.stop();
    }
  });
});

describe('the lock of the embedded store', () => {
  it('keeps out a second process, and not the one after a dead one', () => {
    const folder = mkdtempSync(join(tmpdir(), 'lock-'));
    const file = join(folder, 'store.lock');
    const unlock = lockFolder(join(folder, 'store'));
    unlock();
    // A process that surely lives and is not this one.
    writeFileSync(file, String(process.ppid));
    expect(() => lockFolder(join(folder, 'store'))).toThrow(`in use by process ${String(process.ppid)}`);
    for (const dead of ['4194999', 'no number', '']) {
      writeFileSync(file, dead);
      lockFolder(join(folder, 'store'))();
    }
    rmSync(folder, { recursive: true });
  });
});
