import { describe, expect, it } from '@jest/globals';
import { readGraphText } from '../../../src/extract/agents/graph/graphText.ts';

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** The base64 from a place to the end of its line, decoded: it begins with the character asked for. */
function decodedFrom(raw: string, offset: number): string {
  const { line, column } = readGraphText('g', raw).placeAt(offset);
  return Buffer.from(raw.split('\n')[line - 1]?.slice(column - 1) ?? '', 'base64').toString();
}

describe('readGraphText', () => {
  it('reads plain JSON at its own places', () => {
    const { text, placeAt } = readGraphText('g', '\n {"a": 1}');
    expect(text).toBe('\n {"a": 1}');
    expect(placeAt(3)).toEqual({ file: 'g', line: 2, column: 3 });
  });

  it('places a decoded character at the group of four that holds it', () => {
    const raw = base64('{"a":"b","c":"d"}');
    expect(readGraphText('g', raw).text).toBe('{"a":"b","c":"d"}');
    expect(decodedFrom(raw, 9)).toBe('"c":"d"}');
    expect(decodedFrom(raw, 10)).toBe('"c":"d"}');
    expect(decodedFrom(raw, 12)).toBe(':"d"}');
  });

  it('counts characters of more than one byte', () => {
    const json = '{"é":"€😀","c":"d"}';
    expect(decodedFrom(base64(json), json.indexOf('"c"')).replace(/^.?,/, '')).toMatch(/^"c":"d"}$/);
  });

  it('counts the lines of base64 that is wrapped', () => {
    const json = '{"a":"bcdefghijkl"}';
    const raw = `\n ${base64(json).replace(/(.{8})/g, '$1\r\n')}\n`;
    expect(readGraphText('g', raw).text).toBe(json);
    expect(readGraphText('g', raw).placeAt(0)).toEqual({ file: 'g', line: 2, column: 2 });
    expect(readGraphText('g', raw).placeAt(6)).toEqual({ file: 'g', line: 3, column: 1 });
  });
});
