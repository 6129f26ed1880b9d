import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FailedFile } from '@agent-readiness/protocol';
import { errorCode } from './fileReader.ts';
import { ignoreFile, secondIgnoreFile, type IgnoreRules } from './forceIgnore.ts';
import { classify } from './metadataKinds.ts';
import type { SourceFile } from './sourceIndex.ts';

/** Beside the project file: what npm installs, and the repository itself. Elsewhere the names mean nothing to the CLI. */
const neverDeployed: ReadonlySet<string> = new Set(['node_modules', '.git']);

/** Links that lead to links can stand for more folders than a disk holds. */
const maxLinkedFolders = 2_000;

export interface Walked {
  readonly files: readonly SourceFile[];
  readonly failed: readonly FailedFile[];
}

/** A folder to look into, by the path that leads there. */
interface Folder {
  readonly path: string;
  /** The real folders that it lies in by this path: a link to one of them is a cycle. */
  readonly within: readonly string[];
  readonly isByLink: boolean;
}

/**
 * Lists the metadata files below one folder, sorted by path. A file that several paths lead to is listed once, unless
 * all of them are ignored; by its own path where that is one of them.
 *
 * @param root absolute path of the project
 * @param start folder to walk, relative to `root`, `''` for the project itself
 * @param isIgnored answers for a path relative to `root`; folders end in `/`
 */
export function walk(root: string, start: string, isIgnored: IgnoreRules): Walked {
  const files = new Map<string, SourceFile>();
  const failed: FailedFile[] = [];
  const fail = (file: string, reason: string): void => {
    failed.push({ file: file || '.', line: 1, column: 1, reason });
  };
  const base = realpathSync(root);
  const folders: Folder[] = [{ path: start, within: [], isByLink: false }];
  const linked: Folder[] = [];
  let byLink = 0;
  for (let folder = folders.pop(); folder; folder = folders.pop() ?? linked.pop()) {
    const { path, within, isByLink } = folder;
    if (isByLink && ++byLink > maxLinkedFolders) {
      fail(path, 'links lead to more folders than are looked through');
      break;
    }
    try {
      const real = realpathSync(join(root, path));
      if (within.includes(real)) continue;
      if (real !== base && !real.startsWith(base + sep)) {
        fail(path, 'is a link that leads out of the project');
        continue;
      }
      for (const entry of readdirSync(real, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
        const inside = path === '' ? entry.name : `${path}/${entry.name}`;
        const isLink = entry.isSymbolicLink();
        if (entry.isDirectory() || (isLink && isDirectory(join(root, inside)))) {
          if (neverDeployed.has(inside) || isIgnored(`${inside}/`)) continue;
          const next = { path: inside, within: [...within, real], isByLink: isByLink || isLink };
          (next.isByLink ? linked : folders).push(next);
        } else if (entry.name === ignoreFile && inside !== ignoreFile) {
          failed.push(secondIgnoreFile(inside));
        } else if (!isIgnored(inside)) {
          const found = classify(entry.name);
          const key = join(real, entry.name);
          if (found && !files.has(key)) files.set(key, { ...found, path: inside });
        }
      }
    } catch (error) {
      fail(path, `folder cannot be read (${errorCode(error)})`);
    }
  }
  return { files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)), failed };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
