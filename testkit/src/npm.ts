import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackedPackage } from './localRegistry.ts';

/** Packs a package as it would be published. */
export function packPackage(folder: string, destination: string): PackedPackage {
  const [packed] = JSON.parse(npm(['pack', '--json', `--pack-destination=${destination}`], folder)) as [
    { filename: string },
  ];
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackedPackage['manifest'];
  return { manifest, tarball: join(destination, packed.filename) };
}

/**
 * Settings under which an npm with another home still finds the registry, the credentials and the
 * cache of this machine, and the given scope in a registry of its own.
 */
export function npmEnvironment(scope: string, scopeRegistry: string): NodeJS.ProcessEnv {
  return {
    [`npm_config_${scope}:registry`]: scopeRegistry,
    npm_config_userconfig: npm(['config', 'get', 'userconfig']),
    npm_config_cache: npm(['config', 'get', 'cache']),
    npm_config_prefer_offline: 'true',
  };
}

function npm(args: readonly string[], cwd?: string): string {
  const { status, stdout, stderr } = spawnSync('npm', args, {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${stderr}`);
  return stdout.trim();
}
