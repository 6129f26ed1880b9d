import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../shared/install.mjs';
import { sf } from './sf.mjs';

/** Work in an sfdx project that goes away. */
export function inProject(work) {
  const folder = mkdtempSync(join(tmpdir(), 'connect-org-'));
  try {
    cpSync(join(root, 'sfdx-project.json'), join(folder, 'sfdx-project.json'));
    mkdirSync(join(folder, 'force-app'), { recursive: true });
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Deploys what is in `force-app` of a project. Returns how many components. */
export function deployProject(alias, folder, dryRun) {
  const args = ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', alias, '--wait', '30'];
  return sf([...args, ...(dryRun ? ['--dry-run'] : [])], folder).numberComponentsDeployed;
}

/** Text of the one file of a component; undefined while the org has no such component. */
export function retrieveFile(alias, metadata, ending) {
  return inProject((folder) => {
    const output = join(folder, 'retrieved');
    mkdirSync(output);
    const target = ['--target-org', alias, '--output-dir', 'retrieved'];
    sf(['project', 'retrieve', 'start', '--metadata', metadata, ...target], folder);
    const file = readdirSync(output, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith(ending));
    return file === undefined ? undefined : readFileSync(join(output, file), 'utf8');
  });
}
