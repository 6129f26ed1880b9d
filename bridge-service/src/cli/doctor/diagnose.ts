import { systemClock } from '../../adapters/system/systemClock.ts';
import { loadTasks } from '../../adapters/tasks/loadTasks.ts';
import type { Config } from '../../config/schema.ts';
import { logKeyOf } from '../../wiring/createBridge.ts';
import { withBridge } from '../openBridge.ts';
import { diagnoseCertificate } from './certificates.ts';
import { attempt, diagnosis, type Diagnosis } from './diagnosis.ts';
import { diagnoseModels } from './models.ts';
import { diagnoseOrgs } from './orgs.ts';
import { diagnoseStore } from './store.ts';

/** For all that is outside. */
const patienceMs = 15_000;

/** Looks at everything that the bridge needs, and serves nothing. The settings were read before. */
export async function diagnose(config: Config, isDevelopment: boolean): Promise<readonly Diagnosis[]> {
  const { signal, cancel } = systemClock.deadline(patienceMs);
  try {
    // At once: an org that does not answer takes no time from the model.
    const outside = await Promise.all([
      diagnoseOrgs(config, systemClock, signal),
      diagnoseModels(config, systemClock.nowMs(), signal),
    ]);
    return [
      await attempt('tasks', 'correct the files named here', () =>
        diagnosis('tasks', true, [...loadTasks(config.tasks).keys()].join(', '), ''),
      ),
      ...(await storeOf(config)),
      diagnosis(
        'keys',
        !isDevelopment,
        isDevelopment ? 'keys of a first start' : 'configured',
        'set BRIDGE_CONFIG and the keys',
      ),
      diagnosis('key of the log', true, logKeyOf(config), ''),
      await attempt('signing certificate', 'correct BRIDGE_SIGNING_CERTIFICATE', () =>
        diagnoseCertificate(
          'signing certificate',
          config.signing.certificate,
          systemClock.nowMs(),
          'pin a new one in every org, then change it here',
        ),
      ),
      diagnosis(
        'manifest',
        config.manifest !== undefined,
        config.manifest ?? 'none',
        'set BRIDGE_MANIFEST to authority.lock.json: without it every offer is refused',
      ),
      ...outside.flat(),
    ];
  } finally {
    cancel();
  }
}

/** Nothing of the store can be told when it does not open, or a key or certificate does not load. */
async function storeOf(config: Config): Promise<readonly Diagnosis[]> {
  try {
    return await withBridge(config, (bridge, database) => diagnoseStore(config, bridge, database));
  } catch (error) {
    const found = error instanceof Error ? error.message : 'failed';
    return [diagnosis('store', false, found, 'start the database, or stop the process that uses the folder')];
  }
}
