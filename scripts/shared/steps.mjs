import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from './install.mjs';

/**
 * Runs a tool of the repository; its output is shown only if it fails, unless `show` is set.
 *
 * @param {string} script relative to the repository
 * @param {string[]} args
 * @param {{ show?: boolean, env?: NodeJS.ProcessEnv, cwd?: string }} [options] `cwd` relative to the repository
 */
export function runTool(script, args, { show = false, env = {}, cwd = '.' } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, script), ...args], {
    cwd: join(root, cwd),
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: show ? 'inherit' : 'pipe',
    env: { ...process.env, ...env },
  });
  if (status !== 0 && !show) process.stderr.write(`${stdout}${stderr}`);
  return status === 0;
}

/** Compiles the Apex grammar if needed, and all packages. */
export function build() {
  return runTool('scripts/buildGrammar.mjs', [], { show: true }) && runTool('node_modules/typescript/bin/tsc', ['-b']);
}
