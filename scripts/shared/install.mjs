import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Installs the packages of one folder with a lockfile, if what is installed differs from it.
 *
 * @param {string} folder relative to the repository root
 * @param {{ ignoreScripts?: boolean, optional?: boolean }} [options] without what is optional the task goes on
 * @returns {boolean} whether they are installed
 */
export function ensureInstalled(folder, { ignoreScripts = false, optional = false } = {}) {
  const cwd = join(root, folder);
  if (isInstalled(cwd)) return true;
  console.error(`Installing packages${folder === '.' ? '' : ` for ${folder}`} (once) …`);
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lockfile that lacks binaries of other platforms, and a registry mirror may not have
  // those. The lockfile decides over versions and hashes all the same, and is not written.
  const args = ['install', '--no-save', '--loglevel=error', '--no-audit', '--no-fund'];
  if (ignoreScripts) args.push('--ignore-scripts');
  const { status, error } = spawnSync(npm, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status === 0) return true;
  console.error(
    `"npm install" failed in ${folder === '.' ? 'the repository' : folder}${error ? `: ${error.message}` : ''}. Check the network and the npm registry, then try again.`,
  );
  if (optional) return false;
  process.exit(1);
}

/** Compares npm's own record of what is installed with the lockfile. */
function isInstalled(folder) {
  const record = join(folder, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const wanted = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional, link }]) =>
      !path.includes('node_modules/') || optional || link || installed[path]?.version === version,
  );
}
