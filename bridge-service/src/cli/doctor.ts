import { loadTasks } from '../adapters/tasks/loadTasks.ts';
import { openDatabase } from '../adapters/sql/openDatabase.ts';
import type { Config } from '../config/schema.ts';
import { createBridge } from '../wiring/createBridge.ts';
import type { Watch } from '../ports/watch.ts';

/** One thing that was looked at. `advice` says what to do about it; empty when nothing has to be done. */
export interface Diagnosis {
  readonly what: string;
  readonly ok: boolean;
  readonly found: string;
  readonly advice: string;
}

const noOutbox = { wake: () => Promise.resolve(), deliver: () => Promise.resolve() };

/** Looks at everything that the bridge needs, and serves nothing. The settings were read before. */
export async function diagnose(config: Config, watch: Watch, isDevelopment: boolean): Promise<readonly Diagnosis[]> {
  const tasks = await look('tasks', 'correct the files named here', () =>
    [...loadTasks(config.tasks).keys()].join(', '),
  );
  const store = await look('store', 'start the database, or stop the process that uses the folder', async () => {
    const location =
      config.databaseUrl === undefined
        ? ({ kind: 'pglite', folder: `${config.dataFolder}/store` } as const)
        : ({ kind: 'postgres', url: config.databaseUrl.reveal(), maxConnections: 1 } as const);
    const database = await openDatabase(location);
    try {
      const bridge = await createBridge(config, watch, database, () => noOutbox);
      const { size } = await bridge.store.transaction(({ audit }) => audit.head());
      return `${database.kind}, ${size} entries in the log, keys and certificates load`;
    } finally {
      await database.close();
    }
  });
  return [
    tasks,
    store,
    fact(
      'keys',
      !isDevelopment,
      isDevelopment ? 'keys of a first start' : 'configured',
      'set BRIDGE_CONFIG and the keys',
    ),
    fact('orgs', config.orgs.length > 0, `${config.orgs.length} pinned`, 'pin the certificate of an org under orgs'),
    fact(
      'manifest',
      config.manifest !== undefined,
      config.manifest ?? 'none',
      'set BRIDGE_MANIFEST to authority.lock.json',
    ),
    fact(
      'model',
      config.anthropic !== undefined,
      config.anthropic === undefined ? 'offline' : 'Claude',
      'set ANTHROPIC_API_KEY',
    ),
    fact(
      'store kind',
      config.databaseUrl !== undefined,
      config.databaseUrl === undefined ? 'embedded' : 'PostgreSQL',
      'set DATABASE_URL: the embedded store is not safe against a loss of power',
    ),
  ];
}

function fact(what: string, ok: boolean, found: string, advice: string): Diagnosis {
  return { what, ok, found, advice: ok ? '' : advice };
}

async function look(what: string, advice: string, examine: () => string | Promise<string>): Promise<Diagnosis> {
  try {
    return { what, ok: true, found: await examine(), advice: '' };
  } catch (error) {
    return { what, ok: false, found: error instanceof Error ? error.message : 'failed', advice };
  }
}
