import { createHmac, timingSafeEqual } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TextCache } from './textCache.ts';

export interface CacheLocation {
  /** Absolute; the cache is the folder `.sf/agent-readiness` in it. */
  readonly projectRoot: string;
  /** What is kept, in a folder of its own. */
  readonly kind: 'apex' | 'report';
  /** Of what makes the entries, 16 hexadecimal digits. Entries of the kind in other formats are removed. */
  readonly format: string;
  /** Known to this user alone: an entry that somebody else put into the project is not believed. */
  readonly secret: Uint8Array;
  /** What all entries together may hold, roughly; the oldest go first. */
  readonly maxBytes?: number;
}

const defaultMaxBytes = 256 * 1024 * 1024;
const sealLength = 64;
const formatName = /^[0-9a-f]{16}$/;

/**
 * A cache of one file for each entry, safe under runs at the same time: an entry appears whole or
 * not at all. Nothing is written before the first entry, and nothing outside the folder; a folder
 * that cannot be written makes the next run slower, and nothing else.
 *
 * An entry is sealed: the project under analysis may hold anything, also an entry that hides what a
 * class does.
 */
export function createFileCache(location: CacheLocation): TextCache {
  const { projectRoot, kind, format, secret, maxBytes = defaultMaxBytes } = location;
  const folder = join(projectRoot, '.sf', 'agent-readiness', kind, format);
  const seal = (key: string, value: string): string =>
    createHmac('sha256', secret).update(`${key}:${value}`).digest('hex');
  let state: 'untouched' | 'ready' | 'unusable' = 'untouched';
  let written = 0;
  return {
    get(key) {
      const entry = readEntry(join(folder, key), maxBytes);
      if (entry === undefined) return undefined;
      const value = entry.slice(sealLength);
      return isSame(entry.slice(0, sealLength), seal(key, value)) ? value : undefined;
    },
    put(key, value) {
      if (state === 'untouched') state = prepare(location, maxBytes) ? 'ready' : 'unusable';
      if (state === 'unusable') return;
      const temporary = join(folder, `${key}.${String(process.pid)}.${String(written++)}.tmp`);
      try {
        writeFileSync(temporary, seal(key, value) + value, { mode: 0o600, flag: 'wx' });
        renameSync(temporary, join(folder, key));
      } catch {
        state = 'unusable';
        removeIfThere(temporary);
      }
    },
  };
}

/** Nothing but a file of the folder itself: a pipe, or a link to a device, would never end. */
function readEntry(path: string, maxBytes: number): string | undefined {
  try {
    const found = lstatSync(path);
    return found.isFile() && found.size <= maxBytes ? readFileSync(path, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}

/** What a full disk left behind. It does no harm where it cannot be removed either. */
function removeIfThere(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    return;
  }
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Makes the folder, then room in it. False where it cannot be made, or leads out of the project. */
function prepare({ projectRoot, kind, format }: CacheLocation, maxBytes: number): boolean {
  try {
    const sf = ownFolder(projectRoot, '.sf');
    const own = ownFolder(sf, 'agent-readiness');
    // Not every project ignores `.sf`.
    writeUnlessThere(join(own, '.gitignore'), '*\n');
    const formats = ownFolder(own, kind);
    const entries = ownFolder(formats, format);
    for (const other of readdirSync(formats)) {
      if (other !== format && formatName.test(other)) rmSync(join(formats, other), { recursive: true, force: true });
    }
    removeOldest(entries, maxBytes);
    return true;
  } catch {
    return false;
  }
}

/** Writes a new file; what is there, which may be a link to anywhere, is left alone. */
function writeUnlessThere(path: string, text: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })) writeFileSync(path, text, { flag: 'wx' });
}

/** @throws Error where a link or a file stands in the place of the folder, or it cannot be made */
function ownFolder(parent: string, name: string): string {
  const path = join(parent, name);
  if (!lstatSync(path, { throwIfNoEntry: false })) mkdirSync(path, { recursive: true });
  if (!lstatSync(path).isDirectory()) throw new Error(`${path} is not a folder`);
  return path;
}

/** Frees a quarter of the room once all of it is taken, so that it is not done again at once. */
function removeOldest(folder: string, maxBytes: number): void {
  const files = readdirSync(folder).flatMap((name) => {
    const stats = statSync(join(folder, name), { throwIfNoEntry: false });
    return stats ? { name, size: stats.size, writtenAt: stats.mtimeMs } : [];
  });
  let total = files.reduce((sum, { size }) => sum + size, 0);
  if (total <= maxBytes) return;
  files.sort((a, b) => a.writtenAt - b.writtenAt || (a.name < b.name ? -1 : 1));
  for (const { name, size } of files) {
    if (total <= maxBytes * 0.75) return;
    rmSync(join(folder, name), { force: true });
    total -= size;
  }
}
