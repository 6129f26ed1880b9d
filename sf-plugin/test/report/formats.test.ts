import { describe, expect, it } from '@jest/globals';
import { formats } from '../../src/report/formats.ts';
import { fullReport } from './sampleReport.ts';

describe('formats', () => {
  it('are these', () => {
    expect([...formats.keys()]).toEqual(['.json', '.md', '.sarif']);
  });

  it('write the report itself as JSON', () => {
    const text = formats.get('.json')?.(fullReport(), { toolVersion: '0', projectPath: '', rules: [] });
    expect(JSON.parse(text ?? '')).toEqual(fullReport());
  });

  it('write the same bytes for the same report', () => {
    for (const format of formats.values()) {
      const context = { toolVersion: '0', projectPath: '', rules: [] };
      expect(format(fullReport(), context)).toBe(format(fullReport(), context));
    }
  });
});
