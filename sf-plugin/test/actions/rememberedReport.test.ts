import { describe, expect, it } from '@jest/globals';
import type { Report } from '@agent-readiness/protocol';
import { rememberedReport } from '../../src/actions/rememberedReport.ts';
import type { Project } from '../../src/extract/project/openProject.ts';
import { SourceIndex } from '../../src/extract/project/sourceIndex.ts';
import { UnreadableError } from '../../src/extract/unreadable.ts';

const entries = new Map<string, string>();
const cache = {
  get: (key: string) => entries.get(key),
  put: (key: string, value: string) => void entries.set(key, value),
};

function projectOf(files: Record<string, string | Error>): Project {
  const kind = 'apexClass';
  return {
    name: 'project',
    root: '/project',
    sourceDirs: ['.'],
    sourceApiVersion: undefined,
    index: new SourceIndex(Object.keys(files).map((path) => ({ kind, name: path, path }))),
    reader: {
      read(path) {
        const found = files[path];
        if (found instanceof Error) throw found;
        return found;
      },
    },
    failed: [],
  };
}

const unreadable = (reason: string): Error => new UnreadableError({ file: 'b', line: 1, column: 1 }, reason);

/** Stands for the analysis: reads some of the files, and says how often it ran. */
function analysisOf(...paths: string[]): { make: (project: Project) => Promise<Report>; runs: () => number } {
  let runs = 0;
  return {
    make: ({ reader }) => {
      runs += 1;
      const texts = paths.map((path) => {
        try {
          return reader.read(path);
        } catch {
          return 'unreadable';
        }
      });
      return Promise.resolve({ project: { name: texts.join('|') } } as unknown as Report);
    },
    runs: () => runs,
  };
}

describe('rememberedReport', () => {
  const before = { a: 'A', b: 'B', c: 'C' };
  const readsOfAandB = ['a', 'b', 'absent'];

  it.each<[string, Record<string, string | Error>, object, number]>([
    ['nothing', before, {}, 1],
    ['a file that was not read', { ...before, c: 'changed' }, {}, 1],
    ['a file that was read', { ...before, b: 'changed' }, {}, 2],
    ['what a file is: it cannot be read any more', { ...before, b: unreadable('EACCES') }, {}, 2],
    ['the list of files', { ...before, d: 'D' }, {}, 2],
    ['a file that was not there', { ...before, absent: 'now it is' }, {}, 2],
    ['the options', before, { failOn: 'low' }, 2],
  ])('after a change of %s', async (_, after, options, expectedRuns) => {
    entries.clear();
    const { make, runs } = analysisOf(...readsOfAandB);
    await rememberedReport(cache, projectOf(before), {}, make);
    const report = await rememberedReport(cache, projectOf(after), options, make);
    expect(runs()).toBe(expectedRuns);
    expect(report).toEqual(await analysisOf(...readsOfAandB).make(projectOf(after)));
  });

  it('remembers a file that cannot be read for the same reason', async () => {
    entries.clear();
    const { make, runs } = analysisOf('b');
    for (const reason of ['EACCES', 'EACCES', 'EIO']) {
      await rememberedReport(cache, projectOf({ b: unreadable(reason) }), {}, make);
    }
    expect(runs()).toBe(2);
  });

  it('does not remember what it read while a file changed', async () => {
    entries.clear();
    const project = projectOf({ a: 'A' });
    let turn = 0;
    const restless: Project = { ...project, reader: { read: () => (turn++ === 0 ? 'A' : 'changed') } };
    const { make, runs } = analysisOf('a', 'a');
    await rememberedReport(cache, restless, {}, make);
    for (const text of ['A', 'changed']) await rememberedReport(cache, projectOf({ a: text }), {}, make);
    expect(runs()).toBe(3);
  });
});
