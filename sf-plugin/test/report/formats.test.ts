import { describe, expect, it } from '@jest/globals';
import { formats } from '../../src/report/formats.ts';
import { context } from './formatContext.ts';
import { fullReport } from './sampleReport.ts';

describe('formats', () => {
  it('are these', () => {
    expect([...formats.keys()]).toEqual(['.html', '.json', '.md', '.sarif', '.xml']);
  });

  it('write the report itself as JSON', () => {
    const text = formats.get('.json')?.(fullReport(), context);
    expect(JSON.parse(text ?? '')).toEqual(fullReport());
  });

  it('write the same bytes for the same report', () => {
    for (const format of formats.values()) {
      expect(format(fullReport(), context)).toBe(format(fullReport(), context));
    }
  });
});
