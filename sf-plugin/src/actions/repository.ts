import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Place } from '@agent-readiness/protocol';
import { createFileReader } from '../extract/project/fileReader.ts';
import { projectFile } from '../extract/project/projectSettings.ts';
import type { SourceLine } from '../report/explain/explanation.ts';
import { createSourceQuoter } from './explainSource.ts';

/**
 * The project folder as its repository names it, `sfdx/` for instance; empty if the project is the
 * root of the repository or in none. Code scanning resolves paths from there and nowhere else.
 */
export function pathInRepository(startDir: string): string {
  const project = findUp(resolve(startDir), projectFile);
  // A file in work trees and submodules, a folder elsewhere.
  const repository = project && findUp(project, '.git');
  if (project === undefined || repository === undefined || project === repository) return '';
  return `${relative(repository, project).split(sep).join('/')}/`;
}

/** The source lines of places in the project that `startDir` belongs to. */
export function projectQuoter(startDir: string): (place: Place) => readonly SourceLine[] {
  const root = findUp(resolve(startDir), projectFile);
  return root === undefined ? () => [] : createSourceQuoter(createFileReader(root));
}

function findUp(start: string, name: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, name))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
