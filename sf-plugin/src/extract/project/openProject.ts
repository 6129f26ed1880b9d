import { existsSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { FailedFile } from '@agent-readiness/protocol';
import { ConfigurationError } from './configurationError.ts';
import { createFileReader } from './fileReader.ts';
import { ignoreFile, readForceIgnore, secondIgnoreFile } from './forceIgnore.ts';
import { notAsDeployed, projectFile, projectSchema, type ProjectSettings } from './projectSettings.ts';
import { SourceIndex, type SourceFile } from './sourceIndex.ts';
import type { SourceReader } from './sourceReader.ts';
import { walk } from './walk.ts';

export interface Project {
  readonly name: string;
  /** Absolute path of the folder that holds `sfdx-project.json`. */
  readonly root: string;
  /** The folders analysed, relative to the root, with forward slashes. */
  readonly sourceDirs: readonly string[];
  /** For files without an API version of their own, e.g. `67.0`. */
  readonly sourceApiVersion: string | undefined;
  readonly index: SourceIndex;
  readonly reader: SourceReader;
  /** Folders that could not be listed, and files that are deployed otherwise than they are read. */
  readonly failed: readonly FailedFile[];
}

/** Where the CLI keeps agent test specifications, beside the package directories. */
const specsFolder = 'specs';

/**
 * Finds the project that `startDir` belongs to and lists its metadata files; reads none of them.
 *
 * @param sourceDirs folders to analyse, relative to `startDir`; empty for the project's package directories
 * @throws ConfigurationError when there is no project, or a folder to analyse is not there
 */
export function openProject(startDir: string, sourceDirs: readonly string[]): Project {
  const root = findProjectRoot(startDir);
  const reader = createFileReader(root);
  const settings = readSettings(reader);
  const chosen =
    sourceDirs.length > 0
      ? sourceDirs.map((dir) => resolve(startDir, dir))
      : settings.packageDirectories.map(({ path }) => resolve(root, path));
  const folders = withoutNested(chosen.map((dir) => relativeFolder(root, dir)));
  const isIgnored = readForceIgnore(reader);
  const specs = existsSync(join(root, specsFolder)) ? [specsFolder] : [];
  const walked = withoutNested([...folders, ...specs]).map((folder) => walk(root, folder, isIgnored));
  const index = new SourceIndex(walked.flatMap(({ files }): readonly SourceFile[] => files));
  return {
    name: settings.name ?? root.slice(root.lastIndexOf(sep) + 1),
    root,
    sourceDirs: folders.map((folder) => folder || '.'),
    sourceApiVersion: settings.sourceApiVersion,
    index,
    reader,
    failed: [
      ...walked.flatMap(({ failed }) => failed),
      ...ignoreFilesAbove(root, folders),
      ...notAsDeployed(settings, index, reader),
    ],
  };
}

/**
 * Absolute paths of the package directories, whether or not they are there.
 *
 * @throws ConfigurationError when there is no project
 */
export function packageDirectories(startDir: string): string[] {
  const root = findProjectRoot(startDir);
  return readSettings(createFileReader(root)).packageDirectories.map(({ path }) => resolve(root, path));
}

/**
 * Absolute path of the folder that holds `sfdx-project.json`, at `startDir` or above it.
 *
 * @throws ConfigurationError when there is none
 */
export function findProjectRoot(startDir: string): string {
  const start = resolve(startDir);
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, projectFile))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new ConfigurationError(`No ${projectFile} in ${start} or any folder above it.`, [
    'Run the command inside a Salesforce DX project.',
    `For retrieved metadata without a project, add a ${projectFile}: {"packageDirectories":[{"path":"."}]}`,
  ]);
}

function readSettings(reader: SourceReader): ProjectSettings {
  let json: unknown;
  try {
    json = JSON.parse(reader.read(projectFile) ?? '');
  } catch (error) {
    throw new ConfigurationError(`${projectFile} is not valid JSON: ${(error as Error).message}`, [
      `Correct ${projectFile} and run the command again.`,
    ]);
  }
  const parsed = projectSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new ConfigurationError(`${projectFile} is not a Salesforce DX project file.`, problems);
}

function relativeFolder(root: string, dir: string): string {
  const path = relative(root, dir).split(sep).join('/');
  if (path === '..' || path.startsWith('../') || resolve(root, path) !== dir) {
    throw new ConfigurationError(`${dir} lies outside the project ${root}.`, [
      'Name folders inside the project, or run the command in the project they belong to.',
    ]);
  }
  let isFolder: boolean;
  try {
    isFolder = statSync(dir, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    isFolder = false;
  }
  if (!isFolder) {
    throw new ConfigurationError(`${path || '.'} is not a folder that can be read.`, [
      `Check the path, or the packageDirectories in ${projectFile}.`,
    ]);
  }
  return path;
}

/** A folder inside another chosen one would list its files twice. */
function withoutNested(folders: readonly string[]): string[] {
  return folders.filter(
    (folder, position) =>
      !folders.some(
        (other, otherPosition) =>
          (other === folder && otherPosition < position) ||
          (other !== folder && (other === '' || folder.startsWith(`${other}/`))),
      ),
  );
}

/** The CLI obeys the file that is nearest to the folder that is deployed, not the one of the project. */
function ignoreFilesAbove(root: string, folders: readonly string[]): FailedFile[] {
  const between = folders.flatMap((folder) => folder.split('/').map((_, at, steps) => steps.slice(0, at).join('/')));
  return [...new Set(between)]
    .filter((folder) => folder !== '' && existsSync(join(root, folder, ignoreFile)))
    .map((folder) => secondIgnoreFile(`${folder}/${ignoreFile}`));
}
