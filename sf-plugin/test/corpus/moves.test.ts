import { describe, expect, it } from '@jest/globals';
import { readCases } from './corpusCase.ts';
import { check, moved, withoutPlaces } from './variants.ts';

describe.each(readCases())('$name', ({ files }) => {
  it('changes nothing but places when its files move', async () => {
    expect(withoutPlaces(await check(moved(files)))).toEqual(withoutPlaces(await check(files)));
  });
});
