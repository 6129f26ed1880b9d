import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder, type TestProject } from '@agent-readiness/testkit';
import { openCommit } from '../../../src/extract/git/commit.ts';

let repository: TestProject;
let target: TestProject;

beforeEach(() => {
  [repository, target] = [temporaryFolder(), temporaryFolder()];
  git('init', '--quiet');
});
afterEach(() => {
  repository.dispose();
  target.dispose();
});

function git(...args: string[]): string {
  return run(args);
}

function run(args: readonly string[], input?: string): string {
  const identity = ['-c', 'user.name=Author', '-c', 'user.email=author@example.com'];
  return execFileSync('git', ['-C', repository.root, ...identity, ...args], { encoding: 'utf8', input }).trim();
}

function commit(): void {
  git('add', '--all');
  git('commit', '--quiet', '--message=change');
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
}

describe('a commit', () => {
  it('is written as it was, to the byte', async () => {
    const names = ['a b.txt', 'ü.txt', 'folder/quote".txt', '*.txt'];
    mkdirSync(join(repository.root, 'folder'));
    for (const name of names) writeFileSync(join(repository.root, name), `${name}\r\n\0`);
    writeFileSync(join(repository.root, 'empty'), '');
    commit();
    await (await openCommit(repository.root, 'HEAD')).writeTo(target.root);
    expect(filesBelow(target.root)).toEqual(['*.txt', 'a b.txt', 'empty', 'folder', 'folder/quote".txt', 'ü.txt']);
    for (const name of names) expect(readFileSync(join(target.root, name), 'utf8')).toBe(`${name}\r\n\0`);
  });

  it('is seen from a folder', async () => {
    mkdirSync(join(repository.root, 'inner'));
    writeFileSync(join(repository.root, 'outer.txt'), 'outer');
    writeFileSync(join(repository.root, 'inner', 'inner.txt'), 'inner');
    commit();
    const seen = await openCommit(join(repository.root, 'inner'), 'HEAD');
    await seen.writeTo(target.root);
    expect(filesBelow(target.root)).toEqual(['inner.txt']);
    expect(await seen.read('inner.txt')).toBe('inner');
    expect(await seen.read('../outer.txt')).toBe('outer');
    expect(await seen.read('none.txt')).toBeUndefined();
    expect(await seen.read('*.txt')).toBeUndefined();
    expect(seen.above).toEqual(['', '../']);
    await expect(seen.read('../../beyond.txt')).rejects.toThrow('outside repository');
  });

  it('brings no link along, and reads none', async () => {
    symlinkSync('/etc', join(repository.root, 'link'));
    writeFileSync(join(repository.root, 'file'), '');
    commit();
    const opened = await openCommit(repository.root, 'HEAD');
    await opened.writeTo(target.root);
    expect(filesBelow(target.root)).toEqual(['file']);
    await expect(opened.read('link')).rejects.toThrow('"link" is a link there, which is not followed');
  });

  it('is none of a folder that somebody made to look like a repository', async () => {
    const inner = join(repository.root, 'inner');
    git('init', '--quiet', '--bare', inner);
    writeFileSync(join(inner, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
    writeFileSync(join(inner, 'sfdx-project.json'), '{}');
    commit();
    await expect(openCommit(inner, 'HEAD')).rejects.toThrow(/cannot use bare repository/);
  });

  it('cannot write outside of the folder, however its tree was made', async () => {
    const blob = run(['hash-object', '-w', '--stdin'], 'evil');
    const up = run(['mktree'], `100644 blob ${blob}\tevil.txt\n`);
    // Git itself makes no tree with such a name: it is put together by hand.
    const entry = (mode: string, name: string, id: string): Buffer =>
      Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(id, 'hex')]);
    const raw = Buffer.concat([
      entry('40000', '..', up),
      entry('40000', '.git', up),
      entry('100644', 'fine.txt', blob),
    ]);
    writeFileSync(join(target.root, 'tree'), raw);
    const tree = git('hash-object', '-w', '-t', 'tree', '--literally', join(target.root, 'tree'));
    const id = git('commit-tree', tree, '-m', 'evil');
    const folder = join(target.root, 'in');
    mkdirSync(folder);
    await (await openCommit(repository.root, id)).writeTo(folder);
    expect(filesBelow(folder)).toEqual(['fine.txt']);
    expect(existsSync(join(target.root, 'evil.txt'))).toBe(false);
  });
});
