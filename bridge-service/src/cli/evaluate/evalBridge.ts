import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSigner, type Signer } from '@agent-readiness/protocol/handoff';
import { openDatabase } from '../../adapters/sql/openDatabase.ts';
import { developmentKeys } from '../../adapters/system/developmentKeys.ts';
import type { Bridge } from '../../app/bridge.ts';
import { defaultSettings, developmentSettings } from '../../config/defaults.ts';
import { readConfig } from '../../config/readConfig.ts';
import type { Config } from '../../config/schema.ts';
import { silentWatch } from '../../ports/watch.ts';
import { createBridge } from '../../wiring/createBridge.ts';
import { noOutbox } from '../openBridge.ts';

export interface EvalBridge {
  readonly bridge: Bridge;
  /** Signs as the org that hands the cases over. */
  readonly signer: Signer;
}

/** The bridge with tasks and model of the settings, and with keys and a store that are gone afterwards. */
export async function withEvalBridge<T>(
  { tasks, anthropic }: Pick<Config, 'tasks' | 'anthropic'>,
  work: (around: EvalBridge) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'bridge-eval-'));
  const database = await openDatabase({ kind: 'memory' });
  try {
    const keys = await developmentKeys(folder);
    const settings = { ...defaultSettings(folder, tasks), ...developmentSettings(keys, '0'.repeat(64)) };
    const config: Config = { ...readConfig({}, '', settings), anthropic };
    const bridge = await createBridge(config, silentWatch, database, noOutbox);
    const issuer = config.orgs[0]?.party ?? '';
    const signer = await loadSigner({ issuer, role: 'org', ...keys.org });
    if (!signer.ok) throw new Error(signer.code);
    return await work({ bridge, signer: signer.value });
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
}
