import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { git, GitError } from './git.ts';

/** A commit as seen from one folder of the work tree; paths are relative to that folder, with forward slashes. */
export interface Commit {
  readonly id: string;
  /** What leads from the folder up to the root of the repository, nearest first: `''`, `../`, `../../`. */
  readonly above: readonly string[];
  /**
   * The text of a file; `undefined` where the commit has none there.
   *
   * @throws GitError for a link, and for a path outside of the repository
   */
  read(path: string): Promise<string | undefined>;
  /** Writes the files below the folder of the work tree into another one. Links and submodules are left out. */
  writeTo(target: string): Promise<void>;
}

const maxTotalBytes = 2 * 1024 ** 3;

/** Blobs are asked for until they are about so large together. */
const batchBytes = 32 * 1024 ** 2;

interface Entry {
  readonly path: string;
  readonly isLink: boolean;
  readonly id: string;
  readonly size: number;
}

/**
 * The commit that a name stands for in the repository around a folder. It reads the objects that are
 * there, so that a shallow clone is enough, and touches neither work tree nor index.
 *
 * @throws GitError when there is no repository, or no such commit in it
 */
export async function openCommit(folder: string, ref: string): Promise<Commit> {
  const id = await resolve(folder, ref);
  const steps = (await git(folder, ['rev-parse', '--show-cdup'])).toString('utf8').trim().split('/').length;
  return {
    id,
    above: Array.from({ length: steps }, (_, up) => '../'.repeat(up)),
    async read(path) {
      const [entry] = await list(folder, id, path);
      if (entry?.isLink === true) throw new GitError(`"${path}" is a link there, which is not followed`);
      return entry && (await git(folder, ['cat-file', 'blob', entry.id])).toString('utf8');
    },
    async writeTo(target) {
      const entries = (await list(folder, id, '.')).filter(({ path, isLink }) => !isLink && isPlain(path));
      if (sizeOf(entries) > maxTotalBytes) throw new GitError(`the project at "${ref}" is larger than 2 GiB`);
      for (const batch of batches(entries)) {
        for (const [path, blob] of await readBlobs(folder, batch)) {
          const file = join(target, ...path.split('/'));
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(file, blob);
        }
      }
    },
  };
}

/** Whether a name stands for a commit in the repository around a folder, if there is one. */
export async function isCommit(folder: string, name: string): Promise<boolean> {
  try {
    await resolve(folder, name);
    return true;
  } catch (error) {
    if (error instanceof GitError) return false;
    throw error;
  }
}

async function resolve(folder: string, ref: string): Promise<string> {
  // Says so where there is no repository at all.
  await git(folder, ['rev-parse', '--git-dir']);
  try {
    const id = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
    return id.toString('utf8').trim();
  } catch {
    throw new GitError(`there is no commit "${ref}" in this clone`);
  }
}

/** The files and links of a commit at or below a path; a submodule is neither. */
async function list(folder: string, id: string, path: string): Promise<Entry[]> {
  const listing = await git(folder, ['--literal-pathspecs', 'ls-tree', '-r', '-z', '--long', id, '--', path]);
  return listing
    .toString('utf8')
    .split('\0')
    .flatMap((line): Entry[] => {
      const [, mode, object, size, name] = /^(\d+) blob ([0-9a-f]+) +(\d+)\t(.+)$/s.exec(line) ?? [];
      if (object === undefined || name === undefined) return [];
      return [{ path: name, isLink: mode === '120000', id: object, size: Number(size) }];
    });
}

/** A tree made by hand can name what lies outside it. */
function isPlain(path: string): boolean {
  return path.split('/').every((part) => !['', '.', '..', '.git'].includes(part.toLowerCase()) && !part.includes('\\'));
}

function sizeOf(entries: readonly Entry[]): number {
  return entries.reduce((sum, { size }) => sum + size, 0);
}

function batches(entries: readonly Entry[]): Entry[][] {
  const all: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    if (room <= 0) {
      all.push([]);
      room = batchBytes;
    }
    all.at(-1)?.push(entry);
    room -= entry.size;
  }
  return all;
}

/** Each answer is a line with the size, then the bytes, then a line break. */
async function readBlobs(folder: string, entries: readonly Entry[]): Promise<[path: string, blob: Uint8Array][]> {
  const answer = await git(folder, ['cat-file', '--batch'], entries.map(({ id }) => `${id}\n`).join(''));
  let at = 0;
  return entries.map(({ path, id, size }) => {
    const start = answer.indexOf('\n', at) + 1;
    const head = answer.toString('utf8', at, start - 1);
    if (head !== `${id} blob ${size}`) throw new GitError(`"${path}" is not in this clone: ${head}`);
    at = start + size + 1;
    return [path, answer.subarray(start, start + size)];
  });
}
