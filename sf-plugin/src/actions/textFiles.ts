import { lstatSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { errorCode } from '../extract/project/fileReader.ts';
import { ConfigurationError } from './errors.ts';

/**
 * The text of a file that people keep beside their metadata; `undefined` where there is none.
 *
 * @throws ConfigurationError for one that is there and cannot be read
 */
export function readTextFile(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw new ConfigurationError(`Cannot read "${path}": ${(error as Error).message}`, [
      'Check the file and its rights.',
    ]);
  }
}

/**
 * The text of a file that comes with the project. A link is not followed: in a pull request it may lead to any file of
 * the machine, and what is wrong with a file is said with words from it.
 *
 * @throws ConfigurationError for a link, and for a file that is there and cannot be read
 */
export function readOwnFile(path: string): string | undefined {
  if (lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return readTextFile(path);
  throw new ConfigurationError(`"${path}" is a link, which is not followed.`, ['Put the file itself there.']);
}

/**
 * Writes a file, and the folders above it.
 *
 * @throws ConfigurationError when it cannot be written
 */
export function writeTextFile(path: string, text: string): void {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new ConfigurationError(`Cannot write "${path}": ${(error as Error).message}`, [
      'Choose a file in a folder that you may write to.',
    ]);
  }
}

/** A path as the report names it: relative to the project, with forward slashes. */
export function relativePath(root: string, path: string): string {
  return relative(root, path).split(sep).join('/');
}
