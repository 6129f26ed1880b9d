import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SummaryCache } from './summaryCache.ts';

/**
 * A cache of one file for each entry, safe under runs at the same time: an entry appears whole or
 * not at all. A folder that cannot be written makes the next run slower, and nothing else.
 *
 * @param folder made when the first entry is written
 */
export function createFileSummaryCache(folder: string): SummaryCache {
  let isWritable = true;
  let isMade = false;
  let written = 0;
  return {
    get(key) {
      try {
        return readFileSync(join(folder, key), 'utf8');
      } catch {
        return undefined;
      }
    },
    put(key, value) {
      if (!isWritable) return;
      const temporary = join(folder, `${key}.${String(process.pid)}.${String(written++)}.tmp`);
      try {
        if (!isMade) mkdirSync(folder, { recursive: true });
        isMade = true;
        writeFileSync(temporary, value);
        renameSync(temporary, join(folder, key));
      } catch {
        isWritable = false;
        removeIfThere(temporary);
      }
    },
  };
}

/** What a full disk left behind. It does no harm where it cannot be removed either. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}
