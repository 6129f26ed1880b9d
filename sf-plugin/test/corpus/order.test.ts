import { describe, expect, it } from '@jest/globals';
import { readCases } from './corpusCase.ts';
import { check, shuffled } from './variants.ts';

describe.each(readCases())('$name', ({ files }) => {
  it('gives the same bytes in a second run, in which its files are listed in another order', async () => {
    expect(JSON.stringify(await check(shuffled(files)))).toBe(JSON.stringify(await check(files)));
  });
});
