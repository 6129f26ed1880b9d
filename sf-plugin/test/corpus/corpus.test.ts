import { describe, expect, it } from '@jest/globals';
import { checkProject } from '../../src/actions/check.ts';
import { readCases, toProject } from './corpusCase.ts';
import { tallyOf } from './tally.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const options = { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' } as const;

const cases = readCases();

describe.each(cases)('$name', ({ files, verdicts }) => {
  it('has exactly the effects that its sources say', async () => {
    expect(verdicts.length).toBeGreaterThan(0);
    const report = await checkProject(toProject(files), silent, options);
    const { expected, actual } = tallyOf(report, verdicts);
    expect(actual).toEqual(expected);
  });
});

describe('the corpus', () => {
  it('contradicts itself nowhere', () => {
    const contradictions = cases.flatMap(({ name, verdicts }) => {
      const at = (kind: string): string[] =>
        verdicts.filter((each) => each.kind === kind).map(({ file, line }) => `${name}/${file}:${line}`);
      const reported = new Set(at('effect'));
      return at('no-effect').filter((place) => reported.has(place));
    });
    expect(contradictions).toEqual([]);
  });
});
