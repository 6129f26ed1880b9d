import { openDatabase, type Database } from '../adapters/sql/openDatabase.ts';
import type { Bridge } from '../app/bridge.ts';
import type { Config } from '../config/schema.ts';
import type { Outbox } from '../ports/outbox.ts';
import { silentWatch } from '../ports/watch.ts';
import { createBridge, locationOf } from '../wiring/createBridge.ts';

/** Commands leave no work behind for a bridge that runs. */
export const noOutbox = (): Outbox => ({ wake: () => Promise.resolve(), deliver: () => Promise.resolve() });

/** Works with the store of the bridge, beside replicas on PostgreSQL, instead of the one on the embedded store. */
export async function withBridge<T>(
  config: Config,
  work: (bridge: Bridge, database: Database) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(locationOf({ ...config, maxConnections: 1 }));
  try {
    return await work(await createBridge(config, silentWatch, database, noOutbox), database);
  } finally {
    await database.close();
  }
}
