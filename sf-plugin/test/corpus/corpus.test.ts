import { describe, expect, it } from '@jest/globals';
import { checkProject } from '../../src/actions/check.ts';
import { readCases, toProject } from './corpusCase.ts';
import { tallyOf } from './tally.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const options = { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' } as const;

const cases = readCases();

/** Cases that the check gets wrong, and why. */
const knownFailures: ReadonlyMap<string, string> = new Map<string, string>([
  ['automation/eventProcess', 'a process that an event starts is not among the flows that start by themselves'],
  ['bindings/twoOffersOfOneAction', 'a branch that one offer rules out and another takes is called pruned'],
]);

describe.each(cases)('$name', ({ name, files, verdicts }) => {
  const reason = knownFailures.get(name);
  const test = reason === undefined ? it : it.failing;
  test(`has exactly the effects that its sources say${reason === undefined ? '' : ` (${reason})`}`, async () => {
    expect(verdicts.length).toBeGreaterThan(0);
    const report = await checkProject(toProject(files), silent, options);
    const { expected, actual } = tallyOf(report, verdicts);
    expect(actual).toEqual(expected);
  });
});

describe('the corpus', () => {
  it('knows every case whose failure it explains', () => {
    const names = cases.map(({ name }) => name);
    expect([...knownFailures.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

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
