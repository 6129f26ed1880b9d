import { describe, expect, it } from '@jest/globals';
import { CoverageLog } from '../../../src/extract/coverage.ts';
import { FlowLibrary } from '../../../src/extract/library/flowLibrary.ts';
import type { FlowFacts } from '../../../src/extract/flow/flowFacts.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';
import { projectOf } from './project.ts';

const flow = (status: string, label = status): string =>
  `<Flow><label>${label}</label><status>${status}</status><start><triggerType>RecordAfterSave</triggerType></start></Flow>`;
const active = (number: number): string =>
  `<FlowDefinition><activeVersionNumber>${number}</activeVersionNumber></FlowDefinition>`;

function read(files: Readonly<Record<string, string>>): {
  facts: FlowFacts | undefined;
  failed: string[];
  all: number;
} {
  const coverage = new CoverageLog();
  const library = new FlowLibrary(projectOf(files), coverage);
  const facts = library.flow('Close');
  const all = library.triggered().length;
  return { facts, all, failed: coverage.filesFailed.map(({ file, reason }) => `${file}: ${reason}`) };
}

describe('the version of a flow', () => {
  it('is the one that the definition calls active', () => {
    const { facts, failed, all } = read({
      'a/Close-1.flow': flow('Obsolete', 'First'),
      'a/Close-2.flow': flow('Active', 'Second'),
      'a/Close-10.flow': flow('Draft', 'Tenth'),
      'a/Close.flowDefinition': active(2),
    });
    expect([facts?.name, facts?.label, failed, all]).toEqual(['Close', 'Second', [], 1]);
  });

  it('is the highest where there is no definition, or none is active', () => {
    const files = { 'a/Close-2.flow': flow('Active', 'Second'), 'a/Close-10.flow': flow('Active', 'Tenth') };
    expect(read(files).facts?.label).toBe('Tenth');
    expect(read({ ...files, 'a/Close.flowDefinition': active(0) })).toMatchObject({
      facts: { label: 'Tenth' },
      failed: [],
    });
  });

  it('is not seen where another one is active; the one that is there is taken to run', () => {
    expect(
      read({ 'a/Close.flow-meta.xml': flow('Draft'), 'a/Close.flowDefinition-meta.xml': active(3) }),
    ).toMatchObject({
      facts: { status: 'Active' },
      failed: ['a/Close.flowDefinition-meta.xml: version 3 of Close is active, and a/Close.flow-meta.xml is another'],
    });
    expect(read({ 'a/Close-4.flow': flow('Draft'), 'a/Close.flowDefinition': active(3) })).toMatchObject({
      facts: { status: 'Active' },
      failed: ['a/Close.flowDefinition: version 3 of Close is active, and a/Close-4.flow is another'],
    });
  });

  it('is that of the file, where the definition agrees', () => {
    const files = { 'a/Close.flow-meta.xml': flow('Active'), 'a/Close.flowDefinition-meta.xml': active(3) };
    expect(read(files)).toMatchObject({ facts: { status: 'Active' }, failed: [] });
    expect(read({ 'a/Close.flow-meta.xml': flow('Draft') })).toMatchObject({ facts: { status: 'Draft' }, failed: [] });
  });
});

it('names the second definition of a flow', () => {
  const { facts, failed } = read({ 'a/Close.flow': flow('Active', 'A'), 'b/Close.flow': flow('Active', 'B') });
  expect(facts?.label).toBe('A');
  expect(failed).toEqual([
    'b/Close.flow: Close is defined a second time; the definition in a/Close.flow is analysed, this one is not',
  ]);
});

describe('a flow that starts by itself', () => {
  const process = (type: string): string => `<Flow><processType>${type}</processType><status>Active</status></Flow>`;
  function triggered(files: Readonly<Record<string, string>>): { names: string[]; failed: string[] } {
    const coverage = new CoverageLog();
    const names = new FlowLibrary(projectOf(files), coverage)
      .triggered()
      .flatMap(({ name, start }) => (start.triggerType === undefined ? [] : [name]));
    return { names, failed: coverage.filesFailed.map(({ file }) => file) };
  }

  it('is found however its type is written', () => {
    expect(
      triggered({
        'a/Plain.flow': process('Workflow'),
        'a/Comment.flow': process('Work<!-- -->flow'),
        'a/Data.flow': process('<![CDATA[Workflow]]>'),
        'a/Reference.flow': process('Custom&#69;vent'),
        'a/Space.flow': process('Work&#x66;low').replace('<processType>', '<processType >'),
        'a/Decoy.flow': process('Work&#x66;low').replace('<Flow>', '<Flow><!-- <processType>Flow</processType> -->'),
        'a/Called.flow': process('AutoLaunchedFlow'),
      }),
    ).toEqual({ names: ['Plain', 'Comment', 'Data', 'Reference', 'Space', 'Decoy'], failed: [] });
  });

  it('is said not to be seen where its file cannot be understood', () => {
    const prefixed = process('Flow').replace('<status>', '<m:start><m:triggerType/></m:start><status>');
    const [utf16, pointer] = [
      '<\0F\0l\0o\0w\0>\0',
      'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n',
    ];
    expect(triggered({ 'a/Prefix.flow': prefixed, 'a/Utf16.flow': utf16, 'a/Pointer.flow': pointer })).toEqual({
      names: [],
      failed: ['a/Pointer.flow', 'a/Prefix.flow', 'a/Utf16.flow'],
    });
    const project = projectOf({ 'a/Huge.flow': '' });
    const coverage = new CoverageLog();
    const unreadable = (path: string): never => {
      throw new UnreadableError({ file: path, line: 1, column: 1 }, 'is larger than 32 MiB');
    };
    expect(new FlowLibrary({ ...project, reader: { read: unreadable } }, coverage).triggered()).toEqual([]);
    expect(coverage.filesFailed.map(({ file }) => file)).toEqual(['a/Huge.flow']);
  });

  it('is said not to be seen as a version beside the file of its name', () => {
    const files = { 'a/Close.flow': process('AutoLaunchedFlow'), 'a/Close-2.flow': process('Workflow') };
    expect(triggered(files)).toEqual({ names: [], failed: ['a/Close-2.flow'] });
  });
});
