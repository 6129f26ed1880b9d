import { describe, expect, it } from '@jest/globals';
import { mistakes } from '../../scripts/salesforce/planted/mistakes.mjs';
import { tableUnder } from '../sample/markdownTable.ts';
import { read } from '../sample/projectFiles.ts';

describe('the mistakes that npm run planted-errors plants', () => {
  it('each stand in a file of its own, which holds what they replace', () => {
    expect(new Set(mistakes.map(({ file }) => file)).size).toBe(mistakes.length);
    expect(mistakes.filter(({ file, find }) => !read(file).includes(find)).map(({ name }) => name)).toEqual([]);
  });

  it('are at least thirty, and at least twenty-eight are caught', () => {
    expect(mistakes.length).toBeGreaterThanOrEqual(30);
    expect(mistakes.filter(({ caught }) => caught !== null).length).toBeGreaterThanOrEqual(28);
  });

  it('are told in docs/org-less-checks.md, with what the checks say', () => {
    const rows = tableUnder(read('docs/org-less-checks.md'), '## Mistakes and what catches them');
    expect(rows.map((row) => [row['Mistake'], row['Caught by']])).toEqual(
      mistakes.map(({ name, caught }) => [name, caught ?? '–']),
    );
  });
});
