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

  it('lists what a link leads to by its own path, also where the path by the link is ignored', () => {
    write({
      'sfdx-project.json': project('a'),
      '.forceignore': 'a/a-link/Evil.trigger\na/z-link/Evil.trigger\nvault\n',
      'a/real/Evil.trigger': '',
      'vault/Hidden.trigger': '',
    });
    symlinkSync(join(root, 'a', 'real'), join(root, 'a', 'a-link'));
    symlinkSync(join(root, 'a', 'real'), join(root, 'a', 'z-link'));
    symlinkSync(join(root, 'vault'), join(root, 'a', 'open'));
    expect(
      openProject(root, [])
        .index.all('apexTrigger')
        .map(({ path }) => path),
    ).toEqual(['a/open/Hidden.trigger', 'a/real/Evil.trigger']);
  });

  it('ends where links stand for more folders than there are', () => {
    write({ 'sfdx-project.json': project('a'), 'a/d20/F.flow': '' });
    for (let depth = 19; depth >= 0; depth -= 1) {
      mkdirSync(join(root, 'a', `d${depth}`));
      for (const name of ['x', 'y']) symlinkSync(join(root, 'a', `d${depth + 1}`), join(root, 'a', `d${depth}`, name));
    }
    const { index, failed } = openProject(root, []);
    expect(index.all('flow').map(({ path }) => path)).toEqual(['a/d20/F.flow']);
    expect(failed.map(({ reason }) => reason)).toEqual(['links lead to more folders than are looked through']);
  });

  it('leaves out hidden folders only where there is a .forceignore: without one the CLI deploys them', () => {
    write({ 'sfdx-project.json': project('a'), 'a/.hidden/Evil.trigger': '' });
    const triggers = (): string[] =>
      openProject(root, [])
        .index.all('apexTrigger')
        .map(({ path }) => path);
    expect(triggers()).toEqual(['a/.hidden/Evil.trigger']);
    write({ '.forceignore': '' });
    expect(triggers()).toEqual([]);
    write({ '.forceignore': '!**/.hidden' });
    expect(triggers()).toEqual(['a/.hidden/Evil.trigger']);
  });

  it('says where a second .forceignore may hold instead of that of the project', () => {
    write({
      'sfdx-project.json': project('packages/a'),
      '.forceignore': 'packages/a/x\n',
      'packages/.forceignore': '',
      'packages/a/main/.forceignore': '',
      'elsewhere/.forceignore': '',
    });
    const reason = 'is a second .forceignore: which of them holds depends on the folder that is deployed';
    expect(openProject(root, []).failed).toEqual([
      { file: 'packages/a/main/.forceignore', line: 1, column: 1, reason },
      { file: 'packages/.forceignore', line: 1, column: 1, reason },
    ]);
  });

  it('says which files the CLI replaces text in before it deploys them', () => {
    const replaced = (replacements: readonly object[]): string[] => {
      write({ 'sfdx-project.json': JSON.stringify({ packageDirectories: [{ path: 'a' }], replacements }) });
      return openProject(root, []).failed.map(({ file, reason }) => `${file} ${reason}`);
    };
    const said = (...files: string[]): string[] =>
      files.map((file) => `${file} sfdx-project.json replaces text in it, so that something else is deployed`);
    write({
      'a/A.cls': '// delete accounts;',
      'a/B.cls': 'nothing to replace',
      'a/C.trigger': '',
      'a/C.trigger-meta.xml': '<status>OFF</status>',
      'a/D.namedCredential-meta.xml': 'https://HOST',
    });
    const fromEnvironment = { replaceWithEnv: 'UNSET', allowUnsetEnvVariable: true };
    expect(replaced([{ glob: 'a/*.cls', stringToReplace: '// ', ...fromEnvironment }])).toEqual(said('a/A.cls'));
    expect(replaced([{ filename: 'C.trigger-meta.xml', stringToReplace: 'OFF', replaceWithFile: 'x' }])).toEqual(
      said('a/C.trigger-meta.xml'),
    );
    // Each org has an address of its own; one from a file of the project comes with the pull request.
    const credential = { filename: 'a/D.namedCredential-meta.xml', stringToReplace: 'HOST' };
    expect(replaced([{ ...credential, ...fromEnvironment }])).toEqual([]);
    expect(replaced([{ ...credential, replaceWithFile: 'x' }])).toEqual(said('a/D.namedCredential-meta.xml'));
    // What is not simple is taken to cover everything, and to match.
    expect(replaced([{ glob: 'a/{A,Z}.cls', regexToReplace: '(x+x+)+y', ...fromEnvironment }])).toEqual(
      said('a/A.cls', 'a/B.cls', 'a/C.trigger', 'a/C.trigger-meta.xml'),
    );
  });

  it('says where the project file changes what metadata is', () => {
    write({
      'a/A.cls': '',
      'sfdx-project.json': JSON.stringify({
        packageDirectories: [{ path: 'a' }],
        registryCustomizations: {},
        sourceBehaviorOptions: ['decomposePermissionSetBeta2', 'decomposeWorkflowBeta'],
      }),
    });
    expect(openProject(root, []).failed.map(({ file, reason }) => `${file} ${reason}`)).toEqual([
      'sfdx-project.json registryCustomizations change which files are metadata; that is not followed',
      'sfdx-project.json decomposeWorkflowBeta changes in which files metadata stands; it is not known',
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
