import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { developmentKeys } from '../adapters/system/developmentKeys.ts';
import { defaultSettings, developmentSettings } from '../config/defaults.ts';
import { readConfig } from '../config/readConfig.ts';
import type { Config } from '../config/schema.ts';
import type { Around } from './command.ts';

/** The tasks that come with the bridge. */
export const tasksFolder = fileURLToPath(new URL('../../tasks', import.meta.url));

export interface Settings {
  readonly config: Config;
  /** With keys of a first start, which nobody should rely on. */
  readonly isDevelopment: boolean;
}

/**
 * The settings from file and environment; without any, those of a first start.
 *
 * @throws ConfigError
 */
export async function readSettings({ environment, tell }: Around): Promise<Settings> {
  const dataFolder = environment['BRIDGE_DATA'] ?? join(process.cwd(), '.bridge');
  const file = environment['BRIDGE_CONFIG'];
  const isDevelopment = file === undefined && environment['BRIDGE_MASTER_KEY'] === undefined;
  const added = isDevelopment ? await forDevelopment(join(dataFolder, 'development-keys'), tell) : {};
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  const config = readConfig(environment, text, { ...defaultSettings(dataFolder, tasksFolder), ...added });
  return { config, isDevelopment };
}

async function forDevelopment(folder: string, tell: Around['tell']): Promise<object> {
  const keys = await developmentKeys(folder);
  tell('DEVELOPMENT KEYS: anybody who can read this folder can sign as this bridge. Not for data that matters.');
  tell(`  ${folder}`);
  return developmentSettings(keys, createHash('sha256').update(keys.operatorToken).digest('hex'));
}
