import { readDatabaseClock } from '../../adapters/sql/readDatabaseClock.ts';
import type { Database } from '../../adapters/sql/openDatabase.ts';
import type { Bridge } from '../../app/bridge.ts';
import type { Config } from '../../config/schema.ts';
import { diagnosis, type Diagnosis } from './diagnosis.ts';

/** Replicas judge each other's leases by their clocks. */
const maxSkewMs = 5_000;

/** Whether the store holds together, and what waits in it. */
export async function diagnoseStore(config: Config, bridge: Bridge, database: Database): Promise<readonly Diagnosis[]> {
  const { size, orders, open } = await bridge.store.transaction(async ({ audit, killSwitch, handoffs }) => ({
    size: (await audit.head()).size,
    orders: await killSwitch.orders(),
    open: (await handoffs.open()).length,
  }));
  const apart = Math.abs((await readDatabaseClock(database)) - bridge.clock.nowMs());
  const isPostgres = database.kind === 'postgres';
  const kind = isPostgres ? 'PostgreSQL' : 'embedded';
  return [
    diagnosis('store', true, `${kind}, ${size} entries in the log, ${open} handoffs open`, ''),
    diagnosis(
      'store kind',
      isPostgres,
      kind,
      'set DATABASE_URL: the embedded store is not safe against a loss of power',
    ),
    diagnosis(
      'clock of the store',
      apart <= maxSkewMs,
      `${Math.round(apart / 1_000)} s apart`,
      'correct the clock of this machine or of the database (NTP)',
    ),
    diagnosis(
      'kill switch',
      orders.length === 0,
      orders.length === 0 ? 'released' : orders.map(({ by, reason }) => `engaged by ${by}: ${reason}`).join('; '),
      'release it with DELETE /v1/kill-switch when its reason is gone',
    ),
    diagnosis(
      'second master key',
      config.secondMasterKey === undefined,
      config.secondMasterKey === undefined ? 'none' : 'set',
      'run "bridge keys rotate", then remove BRIDGE_SECOND_MASTER_KEY',
    ),
  ];
}
