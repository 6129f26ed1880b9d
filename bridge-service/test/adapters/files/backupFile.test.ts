import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readBackupFile, writeBackupFile } from '../../../src/adapters/files/backupFile.ts';

const key = new Uint8Array(32);
const linesOf = (file: string): Promise<readonly string[]> =>
  readBackupFile(file, key, async (lines) => {
    const all: string[] = [];
    for await (const line of lines) all.push(line);
    return all;
  });

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'backup-file-'));
  file = join(folder, 'bridge.backup');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('a backup file', () => {
  const write = (line: string): Promise<void> => writeBackupFile(file, key, (put) => put(line));

  it('never takes the place of another one', async () => {
    await write('first');
    await expect(write('second')).rejects.toThrow(`${file} is there already: name another file`);
    expect(await linesOf(file)).toEqual(['first']);
  });

  it('is not begun over half of one: whose it is a person has to say', async () => {
    writeFileSync(`${file}.partial`, 'what a process that was killed has left, or another one is writing');
    await expect(write('line')).rejects.toThrow(
      `${file}.partial is there: if no backup is being written, delete it and try again`,
    );
    expect(readFileSync(`${file}.partial`, 'utf8')).toMatch(/^what a process/);
    rmSync(`${file}.partial`);
    await write('line');
    expect(await linesOf(file)).toEqual(['line']);
    expect(existsSync(`${file}.partial`)).toBe(false);
  });

  it('is none when writing it fails, and leaves nothing behind', async () => {
    const begun = writeBackupFile(file, key, async (put) => {
      await put('line');
      throw new Error('the database is gone');
    });
    await expect(begun).rejects.toThrow('the database is gone');
    expect([existsSync(file), existsSync(`${file}.partial`)]).toEqual([false, false]);
    await expect(writeBackupFile(join(folder, 'nowhere', 'x'), key, (put) => put('line'))).rejects.toThrow('ENOENT');
  });
});
