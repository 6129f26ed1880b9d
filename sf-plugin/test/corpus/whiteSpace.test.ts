import { describe, expect, it } from '@jest/globals';
import { readCases } from './corpusCase.ts';
import { reformatXml } from './reformatXml.ts';
import { check, withoutPlaces } from './variants.ts';

describe.each(readCases())('$name', ({ files }) => {
  it('gives the same bytes with Windows line ends, and changes nothing but places when white space in XML changes', async () => {
    const report = await check(files);
    const windows = files.map((file) => ({ ...file, text: file.text.replaceAll('\n', '\r\n') }));
    expect(JSON.stringify(await check(windows))).toBe(JSON.stringify(report));
    const reformatted = files.map((file) => ({ ...file, text: reformatXml(file.path, file.text) }));
    expect(withoutPlaces(await check(reformatted))).toEqual(withoutPlaces(report));
  });
});
