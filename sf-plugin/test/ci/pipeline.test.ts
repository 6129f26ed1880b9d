import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { cleanEnvironment, runNode, temporaryFolder, type RunResult, type TestProject } from '@agent-readiness/testkit';
import { main } from '../../src/ci/main.ts';
import { commit, edit, git, legacyProject } from '../actions/gate/legacyProject.ts';
import { startFakeHost, type FakeHost } from './fakeHost.ts';

const program = join(import.meta.dirname, '..', '..', 'bin', 'ci.js');
const closing = 'force-app/main/default/genAiFunctions/Close_Ticket/Close_Ticket.genAiFunction-meta.xml';

const policyFile = 'readiness.config.yaml';
const policy = (refused: string): string => `version: 1\ndiff:\n  failOn: [${refused}]\n`;

let origin: string;
let target: string;
let source: string;
let host: FakeHost;
const projects: TestProject[] = [];

function use(project: TestProject): string {
  projects.push(project);
  return project.root;
}

beforeAll(() => {
  origin = use(legacyProject());
  git(origin, 'init', '--quiet', '--initial-branch=main');
  // Once anything was allowed.
  writeFileSync(join(origin, policyFile), policy(''));
  commit(origin);
  git(origin, 'switch', '--quiet', '--create=change');
  edit(origin, closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
  // It tries to allow itself what it adds.
  writeFileSync(join(origin, policyFile), policy('removed'));
  commit(origin);
  source = git(origin, 'rev-parse', 'HEAD').trim();
  git(origin, 'switch', '--quiet', 'main');
  writeFileSync(join(origin, policyFile), policy('added, widened'));
  commit(origin);
  target = git(origin, 'rev-parse', 'HEAD').trim();
  git(origin, 'switch', '--quiet', '--create=merged');
  git(origin, 'merge', '--quiet', '--no-edit', '--strategy-option=theirs', 'change');
});

beforeEach(async () => {
  host = await startFakeHost('github-actions[bot]');
});
afterEach(async () => {
  await host.close();
});
afterAll(() => {
  for (const project of projects) project.dispose();
});

/** What a job finds: one commit, without its parents. */
function shallowClone(branch: string): string {
  const folder = join(use(temporaryFolder()), 'clone');
  git(origin, 'clone', '--quiet', '--depth=1', `--branch=${branch}`, pathToFileURL(origin).href, folder);
  expect(git(folder, 'rev-list', '--count', 'HEAD').trim()).toBe('1');
  return folder;
}

interface Job extends RunResult {
  readonly report: (name: string) => string;
  readonly output: string;
  readonly summary: string;
}

async function job(cwd: string, env: NodeJS.ProcessEnv): Promise<Job> {
  const files = use(temporaryFolder());
  const paths = { GITHUB_OUTPUT: join(files, 'output'), GITHUB_STEP_SUMMARY: join(files, 'summary') };
  for (const path of Object.values(paths)) writeFileSync(path, '');
  const reports = join(files, 'reports');
  const result = await runNode(program, [], {
    cwd,
    env: { ...cleanEnvironment(), ...paths, READINESS_REPORT_DIR: reports, READINESS_TOKEN: 'secret', ...env },
  });
  return {
    ...result,
    report: (name) => readFileSync(join(reports, name), 'utf8'),
    output: readFileSync(paths.GITHUB_OUTPUT, 'utf8').replaceAll(files, '$FILES'),
    summary: readFileSync(paths.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** A job that breaks off before it starts a command needs no process of its own. */
async function brokenOff(cwd: string, env: NodeJS.ProcessEnv): Promise<Pick<Job, 'exitCode' | 'stdout' | 'output'>> {
  const files = use(temporaryFolder());
  const output = join(files, 'output');
  writeFileSync(output, '');
  const lines: string[] = [];
  const given = {
    ...cleanEnvironment(),
    GITHUB_OUTPUT: output,
    READINESS_REPORT_DIR: join(files, 'reports'),
    READINESS_TOKEN: 'secret',
    ...env,
    READINESS_PROJECT_DIR: join(cwd, env['READINESS_PROJECT_DIR'] ?? '.'),
  };
  const exitCode = await main(given, (line) => lines.push(line));
  return { exitCode, stdout: lines.join('\n'), output: readFileSync(output, 'utf8') };
}

function github(event: string, payload: object): NodeJS.ProcessEnv {
  const path = join(use(temporaryFolder()), 'event.json');
  writeFileSync(path, JSON.stringify(payload));
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: host.url,
    GITHUB_REPOSITORY: 'acme/agents',
    GITHUB_EVENT_NAME: event,
    GITHUB_EVENT_PATH: path,
  };
}

function pullRequest(): NodeJS.ProcessEnv {
  return github('pull_request', { pull_request: { number: 7, base: { sha: target }, head: { sha: source } } });
}

describe('on GitHub', () => {
  it('compares a shallow clone of the merge with the target, by the policy of the target', async () => {
    const cwd = shallowClone('merged');
    const result = await job(cwd, pullRequest());
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 1, stderr: '' });
    const diff = JSON.parse(result.report('diff.json')) as {
      base: { name: string };
      changes: { kind: string; action: string }[];
      verdict: object;
    };
    expect(diff.base.name).toBe(target.slice(0, 10));
    expect(diff.changes.map(({ kind, action }) => `${kind} ${action}`)).toEqual(['widened Close_Ticket']);
    // Not by the policy that the pull request brings.
    expect(diff.verdict).toEqual({ status: 'refused', failOn: ['added', 'widened'] });

    const [comment, ...others] = host.comments;
    expect(others).toEqual([]);
    expect(comment?.body).toMatch(
      /^<!-- agent-readiness-ci \. -->\n<!-- agent-readiness-diff -->\n## ❌ Agent authority/,
    );
    expect(comment?.body).toContain('<!-- agent-readiness -->');
    expect(comment?.body).toContain(result.summary);
    expect(result.output).toBe('reports=$FILES/reports\nsarif=$FILES/reports/readiness.sarif\n');
    expect(result.stdout).toContain('Comment created.');
    expect(result.stdout).not.toContain('secret');

    const again = await job(cwd, pullRequest());
    expect(again.stdout).toContain('Comment unchanged.');
    expect(host.comments).toHaveLength(1);
  }, 120_000);

  it('uses the commit of the event where the source itself is checked out', async () => {
    const cwd = shallowClone('change');
    const { exitCode, report } = await job(cwd, pullRequest());
    expect(exitCode).toBe(1);
    expect(report('diff.json')).toContain(target.slice(0, 10));
  }, 120_000);

  it('keeps the history of a full clone', async () => {
    const cwd = join(use(temporaryFolder()), 'clone');
    git(origin, 'clone', '--quiet', '--single-branch', '--branch=change', pathToFileURL(origin).href, cwd);
    const before = git(cwd, 'rev-list', '--count', 'HEAD');
    await job(cwd, pullRequest());
    expect(git(cwd, 'rev-list', '--count', 'HEAD')).toBe(before);
    expect(git(cwd, 'rev-parse', '--is-shallow-repository').trim()).toBe('false');
  }, 120_000);

  it('fails by its verdict where a fork may not comment, and says so', async () => {
    host.refusals.push({ status: 403 });
    const cwd = shallowClone('merged');
    const { exitCode, stdout, summary } = await job(cwd, pullRequest());
    expect(exitCode).toBe(1);
    expect(stdout).toContain('No comment is written: GET /repos/acme/agents/issues/7/comments answered 403.');
    expect(summary).toContain('## ❌ Agent authority');
  }, 120_000);

  it('only checks where nothing is proposed', async () => {
    const cwd = shallowClone('main');
    const { exitCode, summary } = await job(cwd, github('push', { ref: 'refs/heads/main' }));
    expect(exitCode).toBe(1);
    expect(summary).toMatch(/^<!-- agent-readiness -->\n/);
    expect(host.requests).toEqual([]);
  }, 120_000);

  it.each(['pull_request_target', 'workflow_run'])(
    'refuses to run for %s',
    async (event) => {
      const cwd = shallowClone('merged');
      const { exitCode, stdout, output } = await brokenOff(cwd, { ...pullRequest(), GITHUB_EVENT_NAME: event });
      expect({ exitCode, output }).toEqual({ exitCode: 31, output: '' });
      expect(stdout).toMatch(new RegExp(`^The pipeline broke off: The event ${event} runs with the rights`));
    },
    60_000,
  );

  it.each([
    ['a severity that there is not', { READINESS_FAIL_ON: 'hgih' }, /READINESS_FAIL_ON: /],
    ['a switch that is none', { READINESS_LOCKED: 'yes' }, /READINESS_LOCKED: /],
    ['no folder for the reports', { READINESS_REPORT_DIR: '' }, /READINESS_REPORT_DIR: /],
    ['no such project folder', { READINESS_PROJECT_DIR: 'sfdx' }, /ENOENT/],
    ['an option in place of a commit', {}, /"--upload-pack=x" is no commit id/, { sha: '--upload-pack=x' }],
    ['a commit that is not there', {}, /git: .*/, { sha: '0'.repeat(39) + '1' }],
  ])(
    'ends with 31 for %s',
    async (_, env, message, base = { sha: target }) => {
      const cwd = shallowClone('change');
      const event = github('pull_request', { pull_request: { number: 7, base, head: { sha: source } } });
      const { exitCode, stdout } = await brokenOff(cwd, { ...event, ...env });
      expect(stdout).toMatch(message);
      expect(exitCode).toBe(31);
    },
    60_000,
  );

  it('says in the comment that nothing could be said', async () => {
    const cwd = shallowClone('merged');
    writeFileSync(join(cwd, 'sfdx-project.json'), '{}');
    const { exitCode, output, summary } = await job(cwd, pullRequest());
    expect(exitCode).toBe(31);
    expect(output).toBe('reports=$FILES/reports\nsarif=\n');
    expect(summary).toBe('## ❌ Agent readiness did not run\n\nThe log of the job says why.\n');
    expect(host.comments.map(({ body }) => body)).toEqual([`<!-- agent-readiness-ci . -->\n${summary}`]);
  }, 120_000);
});

describe('on GitLab', () => {
  const mergeRequest = (): NodeJS.ProcessEnv => ({
    CI_API_V4_URL: host.url,
    CI_MERGE_REQUEST_PROJECT_ID: '42',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: git(origin, 'merge-base', 'main', 'change').trim(),
  });

  it('compares with where the branches met, by the policy of the target as it is now', async () => {
    const cwd = shallowClone('change');
    // A report folder in the checked-out files that leads elsewhere.
    const elsewhere = use(temporaryFolder());
    mkdirSync(join(elsewhere, 'kept'));
    symlinkSync(elsewhere, join(cwd, '.agent-readiness'));
    const result = await job(cwd, { ...mergeRequest(), READINESS_REPORT_DIR: '.agent-readiness' });
    expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 1, stderr: '' });
    const report = (name: string): string => readFileSync(join(cwd, '.agent-readiness', name), 'utf8');
    expect(JSON.parse(report('readiness.json'))).toMatchObject({ policy: { ref: target } });
    expect(JSON.parse(report('diff.json'))).toMatchObject({ verdict: { status: 'refused' } });
    expect(() => readFileSync(join(elsewhere, 'readiness.json'))).toThrow('ENOENT');
    expect(host.comments).toHaveLength(1);
  }, 120_000);

  it('writes no comment without a token', async () => {
    const cwd = shallowClone('change');
    const { exitCode, stdout } = await job(cwd, { ...mergeRequest(), READINESS_TOKEN: '' });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('No comment is written: there is no token for it.');
    expect(host.requests).toEqual([]);
  }, 120_000);
});
