import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { developmentKeys } from './adapters/system/developmentKeys.ts';
import { TaskError } from './adapters/tasks/loadTasks.ts';
import { createPinoWatch } from './adapters/telemetry/pinoWatch.ts';
import { diagnose } from './cli/doctor.ts';
import { newTask } from './cli/newTask.ts';
import { exportBridge, exportOrg, reconcileExports } from './cli/reconcile.ts';
import { verifyExport } from './cli/verifyExport.ts';
import { defaultSettings, developmentSettings } from './config/defaults.ts';
import { ConfigError, readConfig, type Environment } from './config/readConfig.ts';
import type { Config } from './config/schema.ts';
import { startService } from './service.ts';

const usage = `Usage: bridge [command]

  serve                                serves until it is told to stop (the default)
  doctor                               looks at store, keys, tasks and settings, and says what to do
  audit verify <export> --key <key>    verifies an export of the log with the key that you have pinned
               [--older <checkpoint>]  and that it has grown from a checkpoint that you have kept
  export bridge|org <party> <file>     writes what the bridge, or the org, holds of their handoffs
  reconcile <bridge file> <org file>   compares two exports; --key as above, else that of the settings
  task new <name>                      writes a new task into the folder of tasks
`;

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const tasksFolder = fileURLToPath(new URL('../tasks', import.meta.url));

/** Returns the exit code, or nothing while it serves. */
async function main(args: readonly string[], environment: Environment): Promise<number | undefined> {
  const { positionals, values } = parseArgs({
    args: [...args],
    options: { key: { type: 'string' }, older: { type: 'string' } },
    allowPositionals: true,
  });
  const [command = 'serve', second, third, fourth] = positionals;
  if (command === 'serve') return serve(environment);
  if (command === 'doctor') return doctor(environment);
  if (command === 'task' && second === 'new' && third !== undefined) {
    say(`written: ${newTask(tasksFolder, third)}`);
    return 0;
  }
  if (command === 'audit' && second === 'verify' && third !== undefined && values.key !== undefined) {
    const older = values.older === undefined ? undefined : readFileSync(values.older, 'utf8');
    const verdict = await verifyExport(readFileSync(third, 'utf8'), values.key, older);
    say(verdict.ok ? `verified: ${verdict.entries} entries` : `NOT VERIFIED: ${verdict.problem}`);
    return verdict.ok ? 0 : 1;
  }
  if (command === 'export' && third !== undefined && fourth !== undefined) {
    const { config } = await settings(environment);
    const exported = second === 'org' ? await exportOrg(config, third) : await exportBridge(config, third);
    writeFileSync(fourth, JSON.stringify(exported), { mode: 0o600 });
    return 0;
  }
  if (command === 'reconcile' && second !== undefined && third !== undefined) {
    const { config } = await settings(environment);
    const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
    const found = await reconcileExports(config, { bridge: read(second), org: read(third) }, values.key);
    say(found.length === 0 ? 'reconciled: both tell one story' : found.join('\n'));
    return found.length === 0 ? 0 : 1;
  }
  process.stderr.write(usage);
  return 2;
}

async function serve(environment: Environment): Promise<undefined> {
  const { config, isDevelopment } = await settings(environment);
  const service = await startService(config, createPinoWatch(pino()), isDevelopment);
  say(`bridge listening on ${service.url}`);
  say(`key of its log: ${service.logKey}`);
  if (service.bridge.model.kind === 'offline') say('NO MODEL: every answer is the example of its task, and says so.');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void service.stop();
    });
  }
}

async function doctor(environment: Environment): Promise<number> {
  const { config, isDevelopment } = await settings(environment);
  const silent = createPinoWatch(pino({ level: 'silent' }));
  const found = await diagnose(config, silent, isDevelopment);
  for (const { what, ok, found: text, advice } of found) {
    say(`${ok ? 'ok  ' : 'look'} ${what}: ${text}${advice === '' ? '' : `\n       → ${advice}`}`);
  }
  return found.every(({ ok }) => ok) ? 0 : 1;
}

async function settings(
  environment: Environment,
): Promise<{ readonly config: Config; readonly isDevelopment: boolean }> {
  const dataFolder = environment['BRIDGE_DATA'] ?? join(process.cwd(), '.bridge');
  const file = environment['BRIDGE_CONFIG'];
  const isDevelopment = file === undefined && environment['BRIDGE_MASTER_KEY'] === undefined;
  const added = isDevelopment ? await forDevelopment(join(dataFolder, 'development-keys')) : {};
  const text = file === undefined ? '' : readFileSync(file, 'utf8');
  const config = readConfig(environment, text, { ...defaultSettings(dataFolder, tasksFolder), ...added });
  return { config, isDevelopment };
}

async function forDevelopment(folder: string): Promise<object> {
  const keys = await developmentKeys(folder);
  say('DEVELOPMENT KEYS: anybody who can read this folder can sign as this bridge. Not for data that matters.');
  say(`  ${folder}`);
  return developmentSettings(keys, createHash('sha256').update(keys.operatorToken).digest('hex'));
}

main(process.argv.slice(2), process.env).then(
  (code) => {
    // Not `exit`: what is printed is printed to its end.
    if (code !== undefined) process.exitCode = code;
  },
  (error: unknown) => {
    const isForTheReader = error instanceof ConfigError || error instanceof TaskError;
    process.stderr.write(`${isForTheReader ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    // What was opened before the failure would keep the process alive.
    process.exit(1);
  },
);
