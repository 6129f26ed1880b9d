import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import type { FailedFile } from '@agent-readiness/protocol';
import { errorCode } from './fileReader.ts';
import { classify } from './metadataKinds.ts';
import type { SourceFile } from './sourceIndex.ts';

/** Beside the project file, what npm installs: huge, and never deployed. Elsewhere the name means nothing to the CLI. */
const installedPackages = 'node_modules';

export interface Walked {
  readonly files: readonly SourceFile[];
  readonly failed: readonly FailedFile[];
}

/**
 * Lists the metadata files below one folder, sorted by path.
 *
 * @param root absolute path of the project
 * @param start folder to walk, relative to `root`, `''` for the project itself
 * @param isIgnored answers for a path relative to `root`; folders end in `/`
 */
export function walk(root: string, start: string, isIgnored: (path: string) => boolean): Walked {
  const files: SourceFile[] = [];
  const failed: FailedFile[] = [];
  // Links may form cycles: each real folder is visited once.
  const visited = new Set<string>();
  const base = realpathSync(root);
  const pending = [start];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    const absolute = join(root, folder);
    try {
      const real = realpathSync(absolute);
      if (visited.has(real)) continue;
      if (real !== base && !real.startsWith(base + sep)) {
        failed.push({ file: folder || '.', line: 1, column: 1, reason: 'is a link that leads out of the project' });
        continue;
      }
      visited.add(real);
      for (const entry of readdirSync(absolute, { withFileTypes: true })) {
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && isDirectory(join(root, path)));
        if (isFolder) {
          if (entry.name.startsWith('.') || path === installedPackages || isIgnored(`${path}/`)) continue;
          pending.push(path);
        } else if (!isIgnored(path)) {
          const found = classify(entry.name);
          if (found) files.push({ ...found, path });
        }
      }
    } catch (error) {
      failed.push({ file: folder || '.', line: 1, column: 1, reason: `folder cannot be read (${errorCode(error)})` });
    }
  }
  return { files: files.sort((a, b) => (a.path < b.path ? -1 : 1)), failed };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
