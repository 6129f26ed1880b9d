import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './project.ts';
import { cleanEnvironment, runNode, type RunResult } from './run.ts';

const cliFolder = fileURLToPath(new URL('../cli/node_modules/@salesforce/cli/', import.meta.url));

/** The real Salesforce CLI with a home of its own: no plugins, orgs or settings but those a test gives it. */
export interface SfCli {
  run(args: readonly string[], cwd: string, env?: NodeJS.ProcessEnv): Promise<RunResult>;
  /** In which the CLI runs. */
  readonly environment: NodeJS.ProcessEnv;
  readonly script: string;
  readonly dispose: () => void;
}

/**
 * @param trustedPlugins packages that may be installed without a signature and without a question
 */
export function createSfCli(trustedPlugins: readonly string[] = []): SfCli {
  const script = join(cliFolder, 'bin', 'run.js');
  if (!existsSync(script)) throw new Error('The sf CLI is not installed: run "npm ci" in testkit/cli.');
  const home = temporaryFolder();
  const configDir = join(home.root, 'config');
  mkdirSync(configDir);
  writeFileSync(join(configDir, 'unsignedPluginAllowList.json'), JSON.stringify(trustedPlugins));
  const isolated = {
    HOME: home.root,
    USERPROFILE: home.root,
    LOCALAPPDATA: home.root,
    SF_CONFIG_DIR: configDir,
    SF_DATA_DIR: join(home.root, 'data'),
    SF_CACHE_DIR: join(home.root, 'cache'),
    SF_DISABLE_TELEMETRY: 'true',
    SF_AUTOUPDATE_DISABLE: 'true',
    SF_SKIP_NEW_VERSION_CHECK: 'true',
    SF_DISABLE_LOG_FILE: 'true',
    // Secrets go into the home of the test, never into the keychain of the machine.
    SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
  };
  const environment = { ...cleanEnvironment(), ...isolated };
  return {
    environment,
    script,
    run: (args, cwd, env = {}) => runNode(script, args, { cwd, env: { ...environment, ...env } }),
    dispose: home.dispose,
  };
}
