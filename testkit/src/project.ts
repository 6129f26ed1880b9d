import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TestProject {
  /** Absolute path of the folder that holds `sfdx-project.json`. */
  readonly root: string;
  readonly dispose: () => void;
}

const projectFile = JSON.stringify({
  packageDirectories: [{ path: 'force-app', default: true }],
  sourceApiVersion: '67.0',
});

/**
 * A Salesforce DX project in a temporary folder.
 *
 * @param files text by path, relative to the project; `sfdx-project.json` and `force-app/` are there anyway
 */
export function createProject(files: Readonly<Record<string, string>> = {}): TestProject {
  const project = temporaryFolder();
  mkdirSync(join(project.root, 'force-app'));
  for (const [path, text] of Object.entries({ 'sfdx-project.json': projectFile, ...files })) {
    const file = join(project.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return project;
}

/** A copy of a project, to be changed by a test. */
export function copyProject(source: string): TestProject {
  const project = temporaryFolder();
  cpSync(source, project.root, { recursive: true });
  return project;
}

/** An empty folder that no project is above. */
export function temporaryFolder(): TestProject {
  // A path without symbolic links is the one that a child process reports.
  const root = mkdtempSync(join(realpathSync(tmpdir()), 'agent-readiness-'));
  return {
    root,
    dispose: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}
