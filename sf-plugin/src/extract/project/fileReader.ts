import { readFileSync, realpathSync, statSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { UnreadableError } from '../unreadable.ts';
import type { SourceReader } from './sourceReader.ts';

/** No metadata file the platform accepts is larger; a larger one is somebody's mistake. */
const maxBytes = 32 * 1024 * 1024;

/** Reads files below `root` and nothing else. */
export function createFileReader(root: string): SourceReader {
  const base = resolve(root) + sep;
  const realBase = realpathSync(root) + sep;
  const decoder = new TextDecoder('utf-8');
  return {
    read(path) {
      const absolute = resolve(root, path);
      const unreadable = (reason: string): UnreadableError =>
        new UnreadableError({ file: path, line: 1, column: 1 }, reason);
      if (!absolute.startsWith(base)) throw unreadable('lies outside the project');
      let bytes: Buffer;
      try {
        if (!realpathSync(absolute).startsWith(realBase)) throw unreadable('is a link that leads out of the project');
        // A device or a pipe would never end.
        const found = statSync(absolute);
        if (!found.isFile()) throw unreadable('is no file');
        if (found.size > maxBytes) throw unreadable(`is larger than ${maxBytes / 1024 / 1024} MiB`);
        bytes = readFileSync(absolute);
      } catch (error) {
        if (error instanceof UnreadableError) throw error;
        const code = errorCode(error);
        if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
        throw unreadable(`cannot be read (${code})`);
      }
      return decoder.decode(bytes);
    },
  };
}

/** The system's name for a failure, e.g. `EACCES`. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown error';
}
