import { dirname, join } from 'node:path';
import { openCommit } from '../extract/git/commit.ts';
import { GitError } from '../extract/git/git.ts';
import { projectFile } from '../extract/project/projectSettings.ts';
import { ConfigurationError } from './errors.ts';
import { relativePath } from './textFiles.ts';

/** The project as a commit has it, so that a pull request is not judged by files of its own. */
export interface AtCommit {
  /**
   * Absolute path of the project, in the work tree. A pull request may have moved it: what counts is where
   * it was. `undefined` where the commit has none at the start folder or above.
   */
  readonly projectRoot: string | undefined;
  /** Whether a path lies in the repository; the commit knows nothing of others. */
  holds(path: string): boolean;
  /** The text of a file by its absolute path; `undefined` where the commit has none there. */
  read(path: string): Promise<string | undefined>;
}

/**
 * @param startDir absolute path
 * @throws ConfigurationError when there is no such commit, also while reading
 */
export async function openAtCommit(startDir: string, ref: string): Promise<AtCommit> {
  const commit = await orRefused(ref, () => openCommit(startDir, ref));
  const read = (path: string): Promise<string | undefined> => orRefused(ref, () => commit.read(path));
  const roots = await Promise.all(
    commit.above.map(async (up) => ((await read(up + projectFile)) === undefined ? [] : [up])),
  );
  const [nearest] = roots.flat();
  return {
    projectRoot: nearest === undefined ? undefined : join(startDir, nearest),
    holds(path) {
      const up = /^(?:\.\.\/)*/.exec(`${relativePath(startDir, dirname(path))}/`)?.[0] ?? '';
      return commit.above.includes(up);
    },
    read: (path) => read(relativePath(startDir, path)),
  };
}

/** @throws ConfigurationError in place of what git said */
export async function orRefused<T>(ref: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new ConfigurationError(`Cannot read "${ref}": ${error.message}.`, [
      `Fetch it first, without its history: git fetch --depth=1 origin <branch>, then name it FETCH_HEAD.`,
    ]);
  }
}
