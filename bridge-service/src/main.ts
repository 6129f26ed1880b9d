import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { developmentKeys } from './adapters/system/developmentKeys.ts';
import { createPinoWatch } from './adapters/telemetry/pinoWatch.ts';
import { defaultSettings, developmentSettings } from './config/defaults.ts';
import { ConfigError, readConfig, type Environment } from './config/readConfig.ts';
import { startService } from './service.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

async function main(environment: Environment): Promise<void> {
  const dataFolder = environment['BRIDGE_DATA'] ?? join(process.cwd(), '.bridge');
  const file = environment['BRIDGE_CONFIG'];
  const tasks = fileURLToPath(new URL('../tasks', import.meta.url));
  const isDevelopment = file === undefined && environment['BRIDGE_MASTER_KEY'] === undefined;
  const settings = isDevelopment ? await forDevelopment(join(dataFolder, 'development-keys')) : {};
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  const config = readConfig(environment, text, { ...defaultSettings(dataFolder, tasks), ...settings });

  const service = await startService(config, createPinoWatch(pino()), isDevelopment);
  say(`bridge listening on ${service.url}`);
  if (service.bridge.model.kind === 'offline') say('NO MODEL: every answer is the example of its task, and says so.');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void service.stop();
    });
  }
}

async function forDevelopment(folder: string): Promise<object> {
  const keys = await developmentKeys(folder);
  say('DEVELOPMENT KEYS: anybody who can read this folder can sign as this bridge. Not for data that matters.');
  say(`  ${folder}`);
  return developmentSettings(keys, createHash('sha256').update(keys.operatorToken).digest('hex'));
}

main(process.env).catch((error: unknown) => {
  const isOurs = error instanceof ConfigError || (error instanceof Error && error.name === 'TaskError');
  process.stderr.write(`${isOurs ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  // What was opened before the failure would keep the process alive.
  process.exit(1);
});
