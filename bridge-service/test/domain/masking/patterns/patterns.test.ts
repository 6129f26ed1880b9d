import { describe, expect, it } from '@jest/globals';
import { findInText, readable } from '../../../../src/domain/masking/detect.ts';
import { patterns } from '../../../../src/domain/masking/patterns/registry.ts';
import * as corpus from './corpus.ts';

function found(text: string): string[] {
  const detections = findInText(text, (view) => patterns.flatMap((pattern) => Array.from(pattern(view))));
  return readable(text, detections).map(({ type, start, end }) => `${type} ${text.slice(start, end)}`);
}

describe.each(Object.entries(corpus))('patterns of %s', (_, cases) => {
  it.each(cases.map(([text, ...expected]) => ({ text, expected })))('$text', ({ text, expected }) => {
    expect(found(text)).toEqual(expected);
  });
});

describe('patterns that are not tried on a text without a digit', () => {
  const skipped = patterns.filter(({ needsDigit }) => needsDigit === true);

  it.each(Object.entries(corpus))('find nothing in the texts of %s when their digits are gone', (_, cases) => {
    const texts = cases.flatMap(([text]) => [
      text.replace(/\d/g, ''),
      text.replace(/\d/g, 'O'),
      text.replace(/\d/g, '٣'),
    ]);
    const matches = texts.flatMap((text) => skipped.flatMap((pattern) => Array.from(pattern(text))));
    expect(matches).toEqual([]);
  });
});
