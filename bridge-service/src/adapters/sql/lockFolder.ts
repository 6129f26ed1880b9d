import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** Another process has the embedded store. */
export class StoreInUseError extends Error {
  override readonly name = 'StoreInUseError';
}

/**
 * Keeps a second process out of an embedded database: two would destroy it. Returns the unlocking.
 *
 * @throws StoreInUseError naming the process that has it
 */
export function lockFolder(folder: string): () => void {
  const file = `${folder}.lock`;
  mkdirSync(dirname(file), { recursive: true });
  const holder = holderOf(file);
  if (holder !== undefined && holder !== process.pid && isAlive(holder)) {
    throw new StoreInUseError(`${folder} is in use by process ${String(holder)}; if that is no bridge, delete ${file}`);
  }
  rmSync(file, { force: true });
  // wx: of two processes that saw a dead holder, one gets the file.
  writeFileSync(file, String(process.pid), { flag: 'wx' });
  return () => {
    rmSync(file, { force: true });
  };
}

function holderOf(file: string): number | undefined {
  try {
    const id = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(id) && id > 0 ? id : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch (error) {
    // Somebody else's process is alive, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
