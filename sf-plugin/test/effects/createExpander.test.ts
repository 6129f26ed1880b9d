import { describe, expect, it } from '@jest/globals';
import { createExpander } from '../../src/effects/createExpander.ts';
import type { Callable, CallContext } from '../../src/effects/model.ts';
import { CoverageLog } from '../../src/extract/coverage.ts';
import { SourceLibrary } from '../../src/extract/library/sourceLibrary.ts';
import { classify } from '../../src/extract/project/metadataKinds.ts';
import { SourceIndex } from '../../src/extract/project/sourceIndex.ts';
import { loadParser } from '../extract/apex/grammar.ts';

const files: Readonly<Record<string, string>> = {
  'Cleaner.cls': 'public class Cleaner { public static void clean(Id recordId) { delete new Case(Id = recordId); } }',
  'Clean.flow-meta.xml': `<Flow xmlns="http://soap.sforce.com/2006/04/metadata">
    <start><connector><targetReference>Remove</targetReference></connector></start>
    <recordDeletes><name>Remove</name><object>Case</object></recordDeletes></Flow>`,
};

async function expanderOfFiles(): Promise<ReturnType<typeof createExpander>> {
  const project = {
    name: 'sharing',
    root: '/nowhere',
    sourceDirs: ['.'],
    sourceApiVersion: '60.0',
    index: new SourceIndex(
      Object.keys(files).flatMap((path) => {
        const known = classify(path);
        return known ? [{ ...known, path }] : [];
      }),
    ),
    reader: { read: (path: string) => files[path] },
    failed: [],
  };
  return createExpander(new SourceLibrary(project, new CoverageLog(), await loadParser()));
}

const context = (chosenBy: 'model' | 'linked'): CallContext => ({
  identity: 'user',
  isEntry: false,
  inputs: { '#0': { chosenBy } },
  otherInputs: 'model',
});
const at = (line: number) => ({ file: 'x', line, column: 1 });

describe('createExpander', () => {
  it.each<Callable>([
    { kind: 'apex-method', name: 'Cleaner', method: 'clean', signature: 'Id' },
    { kind: 'flow', name: 'Clean' },
  ])('expands a $kind once in each context, whoever calls it from wherever', async (callable) => {
    const expand = await expanderOfFiles();
    const first = expand(callable, context('model'), at(1));
    expect(first?.effects.map(({ operation, object }) => `${operation} ${object}`)).toEqual(['delete Case']);
    expect(expand({ ...callable }, context('model'), at(2))).toBe(first);
    expect(expand(callable, context('linked'), at(1))).not.toBe(first);
  });

  it('tells apart where calls stand that lead out of the project', async () => {
    const expand = await expanderOfFiles();
    const mail: Callable = { kind: 'standard-action', name: 'emailSimple' };
    const linesOf = (line: number): number[] =>
      expand(mail, context('model'), at(line))?.effects.map(({ place }) => place.line) ?? [];
    expect([linesOf(1), linesOf(2)]).toEqual([[1], [2]]);
  });
});
