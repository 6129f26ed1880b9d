import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createFileSummaryCache } from '../../../src/extract/apex/fileSummaryCache.ts';
import type { ApexUnit } from '../../../src/extract/apex/summary.ts';
import { cachedSummary } from '../../../src/extract/apex/summaryCache.ts';

const unit: ApexUnit = { syntaxErrors: [100_001] };

describe('cachedSummary with a folder', () => {
  let folder: string;
  let made: number;
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'summaries-')), 'cache');
    made = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function summaryOf(text: string): ApexUnit {
    return cachedSummary(createFileSummaryCache(folder), text, () => {
      made += 1;
      return unit;
    });
  }

  function onlyEntry(): string {
    const entries = readdirSync(folder);
    expect(entries).toHaveLength(1);
    return join(folder, entries[0] ?? '');
  }

  it('makes a summary once for each text', () => {
    expect([summaryOf('a'), summaryOf('a'), summaryOf('b')]).toEqual([unit, unit, unit]);
    expect(made).toBe(2);
    expect(readdirSync(folder)).toHaveLength(2);
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

  it('goes on without a folder that can be written', () => {
    writeFileSync(folder, 'a file where the folder should be');
    expect([summaryOf('a'), summaryOf('a')]).toEqual([unit, unit]);
    expect(made).toBe(2);
    rmSync(folder);
  });
});
