import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { classify } from '../../../src/extract/project/metadataKinds.ts';
import { SourceIndex } from '../../../src/extract/project/sourceIndex.ts';
import { loadAgents, type LoadedAgents } from '../../../src/graph/agents/loadAgents.ts';

/** Text by path, as a project that is not on disk. */
export type ProjectFiles = Readonly<Record<string, string>>;

/** The files below a folder of `fixtures/`, by their path in it. */
export function readProject(name: string): ProjectFiles {
  const root = fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url));
  const paths = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(paths.sort().map((path) => [relative(root, path), readFileSync(path, 'utf8')]));
}

export function load(files: ProjectFiles, allVersions = false): LoadedAgents {
  const sources = Object.keys(files)
    .sort()
    .flatMap((path) => {
      const kind = classify(path.slice(path.lastIndexOf('/') + 1));
      return kind ? [{ ...kind, path }] : [];
    });
  return loadAgents(new SourceIndex(sources), { read: (path) => files[path] }, { allVersions });
}
