import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from '@agent-readiness/testkit';

const sample = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'order-care');

/** A copy of the sample agent under real git, to be changed and committed. */
export interface Repository {
  readonly root: string;
  /** Replaces a text that must be there, once. */
  edit(path: string, from: string, to: string): void;
  write(path: string, text: string): void;
  rewrite(path: string, change: (text: string) => string): void;
  move(from: string, to: string): void;
  commit(message: string): void;
  git(...args: string[]): string;
  dispose(): void;
}

export function sampleRepository(): Repository {
  const { root, dispose } = temporaryFolder();
  const inside = (path: string): string => join(root, path);
  for (const each of ['force-app', 'sfdx-project.json']) {
    cpSync(join(sample, each), inside(each), { recursive: true });
  }
  const git = (...args: string[]): string =>
    execFileSync('git', ['-C', root, ...args], { encoding: 'utf8', env: gitEnvironment });
  git('init', '--quiet', '--initial-branch=main');
  const repository: Repository = {
    root,
    edit(path, from, to) {
      repository.rewrite(path, (text) => {
        if (text.split(from).length !== 2)
          throw new Error(`"${from}" stands ${text.split(from).length - 1} times in ${path}`);
        return text.replace(from, () => to);
      });
    },
    write(path, text) {
      mkdirSync(dirname(inside(path)), { recursive: true });
      writeFileSync(inside(path), text);
    },
    rewrite(path, change) {
      writeFileSync(inside(path), change(readFileSync(inside(path), 'utf8')));
    },
    move(from, to) {
      mkdirSync(dirname(inside(to)), { recursive: true });
      renameSync(inside(from), inside(to));
    },
    commit(message) {
      git('add', '--all');
      git('commit', '--quiet', '--allow-empty', `--message=${message}`);
    },
    git,
    dispose: () => {
      dispose();
      rmSync(root, { recursive: true, force: true });
    },
  };
  return repository;
}

/** Nothing of the machine's own settings, and no clock. */
const gitEnvironment = {
  PATH: process.env['PATH'],
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Author',
  GIT_AUTHOR_EMAIL: 'author@example.com',
  GIT_COMMITTER_NAME: 'Author',
  GIT_COMMITTER_EMAIL: 'author@example.com',
  GIT_AUTHOR_DATE: '2026-01-01T00:00:00Z',
  GIT_COMMITTER_DATE: '2026-01-01T00:00:00Z',
};
