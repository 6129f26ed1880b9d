/**
 * Appends to the audit log, one event in a transaction of its own, so many at a time; prints them per second.
 *
 * Usage: node --conditions=source appendsProcess.mjs <count> <parallel> [database url]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../../bridge-service/src/adapters/sql/openDatabase.ts';
import { openStore } from '../../../bridge-service/test/support/sqlStore.ts';
import { measureLoad } from './measure.mjs';

const [count, parallel, url] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'bench-appends-'));
try {
  const database = await openDatabase(
    url === undefined
      ? { kind: 'pglite', folder: join(folder, 'store') }
      : { kind: 'postgres', url, maxConnections: 10 },
  );
  const store = openStore(database);
  const event = {
    version: 1,
    txn: '00000000-0000-4000-8000-000000000000',
    party: 'https://bridge.example.com',
    at: 1_795_000_000,
    event: 'gate.allowed',
    actor: 'bridge',
    content_sha256: '0'.repeat(64),
  };
  const append = () =>
    store.transaction(({ audit }) => {
      audit.append(event);
      return Promise.resolve();
    });
  const prepare = (calls) => Promise.resolve(Array.from({ length: calls }, () => append));
  await measureLoad({ prepare }, { count: 50, parallel: Number(parallel) });
  const { perSecond } = await measureLoad({ prepare }, { count: Number(count), parallel: Number(parallel) });
  process.stdout.write(`${perSecond}\n`);
  await database.close();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
