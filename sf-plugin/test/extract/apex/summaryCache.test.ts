import {
  chmodSync,
  mkdtempSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ApexUnit } from '../../../src/extract/apex/summary.ts';
import { cachedSummary } from '../../../src/extract/apex/summaryCache.ts';
import { createFileCache, type CacheLocation } from '../../../src/extract/project/fileCache.ts';

const unit: ApexUnit = { syntaxErrors: [100_001] };
const format = '0123456789abcdef';

describe('cachedSummary in a project', () => {
  let projectRoot: string;
  let made: number;
  beforeEach(() => {
    projectRoot = mkdtempSync(join(tmpdir(), 'summaries-'));
    made = 0;
  });
  afterEach(() => {
    rmSync(projectRoot, { recursive: true, force: true });
  });

  function summaryOf(text: string, location: Partial<CacheLocation> = {}): ApexUnit {
    const cache = createFileCache({ projectRoot, kind: 'apex', format, secret: Buffer.alloc(32, 1), ...location });
    return cachedSummary(cache, text, () => {
      made += 1;
      return unit;
    });
  }

  const inCache = (...names: string[]): string => join(projectRoot, '.sf', 'agent-readiness', ...names);
  const entries = (): string[] => readdirSync(inCache('apex', format));

  function onlyEntry(): string {
    expect(entries()).toHaveLength(1);
    return inCache('apex', format, entries()[0] ?? '');
  }

  it('makes a summary once for each text, in a folder that git ignores', () => {
    expect([summaryOf('a'), summaryOf('a'), summaryOf('b')]).toEqual([unit, unit, unit]);
    expect(made).toBe(2);
    expect(entries()).toHaveLength(2);
    expect(readFileSync(inCache('.gitignore'), 'utf8')).toBe('*\n');
  });

  it.each([
    ['cut short', (entry: string) => entry.slice(0, -3)],
    ['changed', (entry: string) => entry.replace('100001', '100002')],
    ['emptied', () => ''],
    ['not JSON', () => 'x'.repeat(40)],
  ])('makes it anew where the entry is %s', (_, damage) => {
    summaryOf('a');
    const intact = readFileSync(onlyEntry(), 'utf8');
    writeFileSync(onlyEntry(), damage(intact));
    expect(summaryOf('a')).toEqual(unit);
    expect(made).toBe(2);
    expect(readFileSync(onlyEntry(), 'utf8')).toBe(intact);
  });

  it('does not believe an entry that somebody with another key made', () => {
    summaryOf('a', { secret: Buffer.alloc(32, 2) });
    expect(summaryOf('a')).toEqual(unit);
    expect(made).toBe(2);
  });

  it('does not take the entry of one text for that of another', () => {
    summaryOf('a');
    const forA = onlyEntry();
    summaryOf('b');
    const forB = inCache('apex', format, entries().find((name) => !forA.endsWith(name)) ?? '');
    writeFileSync(forB, readFileSync(forA));
    summaryOf('b');
    expect(made).toBe(3);
  });

  it('removes the entries of other formats, and nothing that it did not make', () => {
    summaryOf('a', { format: 'fedcba9876543210' });
    mkdirSync(inCache('apex', 'notes'));
    summaryOf('a');
    expect(made).toBe(2);
    expect(readdirSync(inCache('apex')).sort()).toEqual([format, 'notes']);
  });

  it('stays within its bound', () => {
    for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) summaryOf(text, { maxBytes: 400 });
    const bytes = entries().reduce((sum, name) => sum + readFileSync(inCache('apex', format, name)).length, 0);
    expect(bytes).toBeLessThanOrEqual(400);
    expect(entries().length).toBeGreaterThanOrEqual(3);
  });

  it('goes on where a file stands in the place of the folder', () => {
    writeFileSync(join(projectRoot, '.sf'), 'a file');
    expect([summaryOf('a'), summaryOf('a')]).toEqual([unit, unit]);
    expect(made).toBe(2);
  });

  it('reads no entry that is a link or a folder', () => {
    summaryOf('a');
    const entry = onlyEntry();
    rmSync(entry);
    symlinkSync('/dev/zero', entry);
    expect([summaryOf('a'), made]).toEqual([unit, 2]);
    rmSync(entry);
    mkdirSync(entry);
    expect([summaryOf('a'), made]).toEqual([unit, 3]);
  });

  it('writes nothing through a link out of the project', () => {
    const outside = mkdtempSync(join(tmpdir(), 'outside-'));
    mkdirSync(join(outside, 'apex', 'fedcba9876543210'), { recursive: true });
    mkdirSync(join(projectRoot, '.sf'));
    symlinkSync(outside, inCache(), 'junction');
    expect(summaryOf('a')).toEqual(unit);
    expect(readdirSync(outside)).toEqual(['apex']);
    expect(readdirSync(join(outside, 'apex'))).toEqual(['fedcba9876543210']);
    rmSync(outside, { recursive: true });
  });

  it('writes no file through a link', () => {
    const victim = join(projectRoot, 'victim');
    writeFileSync(victim, 'precious');
    mkdirSync(inCache(), { recursive: true });
    symlinkSync(victim, inCache('.gitignore'));
    expect([summaryOf('a'), summaryOf('a'), made]).toEqual([unit, unit, 1]);
    expect(readFileSync(victim, 'utf8')).toBe('precious');
  });

  // The administrator may write everywhere.
  (process.getuid?.() === 0 ? it.skip : it)('goes on in a project that cannot be written', () => {
    chmodSync(projectRoot, 0o555);
    expect(summaryOf('a')).toEqual(unit);
    chmodSync(projectRoot, 0o755);
    expect(readdirSync(projectRoot)).toEqual([]);
  });
});
