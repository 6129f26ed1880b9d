import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../../src/extract/project/configurationError.ts';
import { openProject } from '../../../src/extract/project/openProject.ts';
import { UnreadableError } from '../../../src/extract/unreadable.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'project-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const project = (...paths: string[]): string => JSON.stringify({ packageDirectories: paths.map((path) => ({ path })) });

function problem(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigurationError) return [error.message, ...error.actions].join('\n');
    throw error;
  }
  throw new Error('was accepted');
}

describe('openProject', () => {
  it('lists the metadata of every package directory, in their order, sorted by path', () => {
    write({
      'sfdx-project.json': project('b', 'a'),
      'a/flows/Zed.flow-meta.xml': '',
      'a/flows/Abc.flow': '',
      'b/classes/Foo.cls': '',
      'b/classes/Foo.cls-meta.xml': '',
      'c/flows/Elsewhere.flow-meta.xml': '',
    });
    const { index } = openProject(join(root, 'a', 'flows'), []);
    expect(index.all('flow').map(({ path }) => path)).toEqual(['a/flows/Abc.flow', 'a/flows/Zed.flow-meta.xml']);
    expect(index.all('apexClass').map(({ path }) => path)).toEqual(['b/classes/Foo.cls']);
    expect(index.named('flow', 'zED')).toHaveLength(1);
  });

  it('leaves out no folder that the CLI deploys', () => {
    write({
      'sfdx-project.json': project('a'),
      'a/__tests__/One.flow-meta.xml': '',
      'a/node_modules/Two.flow-meta.xml': '',
    });
    expect(
      openProject(root, [])
        .index.all('flow')
        .map(({ name }) => name),
    ).toEqual(['One', 'Two']);
  });

  it('obeys .forceignore and leaves out folders that hold no metadata', () => {
    write({
      'sfdx-project.json': project('.'),
      '.forceignore': '# comment\n**/skipped/**\nflows/One.flow-meta.xml\n!flows/Two.flow-meta.xml\n',
      'flows/One.flow-meta.xml': '',
      'flows/Two.flow-meta.xml': '',
      'skipped/Three.flow-meta.xml': '',
      'node_modules/x/Four.flow-meta.xml': '',
      '.sfdx/Five.flow-meta.xml': '',
    });
    expect(
      openProject(root, [])
        .index.all('flow')
        .map(({ name }) => name),
    ).toEqual(['Two']);
  });

  it('lists a file once when the folders overlap', () => {
    write({ 'sfdx-project.json': project('a', 'a/b', 'a'), 'a/b/F.flow': '' });
    const { index, sourceDirs } = openProject(root, []);
    expect(index.all('flow')).toHaveLength(1);
    expect(sourceDirs).toEqual(['a']);
  });

  it('ends on links that form a cycle', () => {
    write({ 'sfdx-project.json': project('a'), 'a/F.flow': '' });
    symlinkSync(join(root, 'a'), join(root, 'a', 'again'));
    expect(
      openProject(root, [])
        .index.all('flow')
        .map(({ path }) => path),
    ).toEqual(['a/F.flow']);
  });

  it('follows no link out of the project, and says so', () => {
    write({ 'sfdx-project.json': project('a'), 'a/F.flow': '' });
    symlinkSync(tmpdir(), join(root, 'a', 'out'));
    const opened = openProject(root, []);
    expect(opened.index.all('flow').map(({ path }) => path)).toEqual(['a/F.flow']);
    expect(opened.failed).toEqual([
      { file: 'a/out', line: 1, column: 1, reason: 'is a link that leads out of the project' },
    ]);
  });

  it('takes source folders relative to where the command runs', () => {
    write({ 'sfdx-project.json': project('a'), 'a/F.flow': '', 'x/y/G.flow': '' });
    expect(
      openProject(join(root, 'x'), ['y'])
        .index.all('flow')
        .map(({ path }) => path),
    ).toEqual(['x/y/G.flow']);
  });

  it('says what to do outside a project', () => {
    expect(problem(() => openProject(root, []))).toMatch(/No sfdx-project\.json .*\nRun the command inside/);
  });

  it('names what is wrong in the project file', () => {
    write({ 'sfdx-project.json': '{' });
    expect(problem(() => openProject(root, []))).toMatch(/not valid JSON/);
    write({ 'sfdx-project.json': '{"packageDirectories":[]}' });
    expect(problem(() => openProject(root, []))).toMatch(/packageDirectories/);
  });

  it('refuses folders that are missing or outside the project', () => {
    write({ 'sfdx-project.json': project('gone') });
    expect(problem(() => openProject(root, []))).toMatch(/gone is not a folder/);
    expect(problem(() => openProject(root, [tmpdir()]))).toMatch(/lies outside the project/);
  });
});

describe('the reader of a project', () => {
  it('strips the byte order mark, knows missing files, and stays inside the project', () => {
    write({ 'sfdx-project.json': project('a'), 'a/F.flow': '\uFEFFtext' });
    const { reader } = openProject(root, []);
    expect(reader.read('a/F.flow')).toBe('text');
    expect(reader.read('a/G.flow')).toBeUndefined();
    expect(() => reader.read('../outside')).toThrow(UnreadableError);
    expect(() => reader.read('a')).toThrow(/is no file/);
  });

  it('reads links to files inside the project, and no others', () => {
    write({ 'sfdx-project.json': project('a'), 'a/F.flow': 'text' });
    symlinkSync(join(root, 'a', 'F.flow'), join(root, 'a', 'Inside.flow'));
    symlinkSync('/etc/hostname', join(root, 'a', 'Outside.flow'));
    const { reader } = openProject(root, []);
    expect(reader.read('a/Inside.flow')).toBe('text');
    expect(() => reader.read('a/Outside.flow')).toThrow(/is a link that leads out of the project/);
  });
});
