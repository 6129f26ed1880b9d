import { realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { errorCode } from '../extract/project/fileReader.ts';
import { ConfigurationError } from './errors.ts';

/**
 * Refuses a path that leads out of a project, by its name or by a link. What is not there is not refused:
 * it may be the name of a commit.
 *
 * @param root absolute path of the project
 * @param path relative to the project, or absolute
 * @throws ConfigurationError
 */
export function requireInside(root: string, path: string): void {
  const absolute = resolve(root, path);
  if (isInside(root, absolute) && isInside(realpathSync(root), realPath(absolute) ?? realpathSync(root))) return;
  throw new ConfigurationError(`"${path}" leads out of the project.`, ['Name a file or folder inside the project.']);
}

function isInside(folder: string, path: string): boolean {
  const steps = relative(folder, path);
  return !isAbsolute(steps) && steps !== '..' && !steps.startsWith(`..${sep}`);
}

function realPath(path: string): string | undefined {
  try {
    return realpathSync(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw new ConfigurationError(`Cannot read "${path}": ${errorCode(error)}.`, ['Check the file and its rights.']);
  }
}
