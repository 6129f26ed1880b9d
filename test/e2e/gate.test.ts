import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { effectDiffSchema, reportSchema } from '@agent-readiness/protocol';
import { cleanEnvironment, copyProject, runNode, type RunResult, type TestProject } from '@agent-readiness/testkit';

const root = fileURLToPath(new URL('../../', import.meta.url));
const closing = 'force-app/main/default/genAiFunctions/Close_Ticket/Close_Ticket.genAiFunction-meta.xml';

let project: TestProject;

beforeAll(() => {
  project = copyProject(join(root, 'examples', 'legacy-planner'));
  const git = (...args: string[]): void => {
    const identity = ['-c', 'user.name=Author', '-c', 'user.email=author@example.com'];
    execFileSync('git', ['-C', project.root, ...identity, ...args]);
  };
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=as released');
});
afterAll(() => {
  project.dispose();
});

function readiness(...args: string[]): Promise<RunResult> {
  const cli = join(root, 'sf-plugin', 'bin', 'run.js');
  return runNode(cli, ['readiness', ...args], { cwd: project.root, env: cleanEnvironment() });
}

function result({ stdout }: RunResult): unknown {
  return (JSON.parse(stdout) as { result: unknown }).result;
}

/** One story, told in order. */
describe('a project under its own rules', () => {
  it('gets a policy once', async () => {
    expect((await readiness('policy', 'init')).exitCode).toBe(0);
    expect(existsSync(join(project.root, 'readiness.config.yaml'))).toBe(true);
    const again = await readiness('policy', 'init');
    expect([again.exitCode, again.stderr]).toEqual([
      31,
      expect.stringContaining('There is a readiness.config.yaml already.'),
    ]);
  }, 120_000);

  it('writes its manifest and a baseline, and is ready by them', async () => {
    const begun = await readiness(
      'check',
      ...[
        '--write-manifest',
        '--baseline',
        'known.json',
        '--write-baseline',
        '--baseline-owner',
        'desk-team@example.com',
      ],
    );
    expect(begun.exitCode).toBe(0);
    expect(begun.stdout).toContain('authority.lock.json');
    const { verdict, lock, policy, baseline } = reportSchema.parse(
      result(await readiness('check', '--locked', '--baseline', 'known.json', '--json')),
    );
    expect(verdict.status).toBe('ready');
    expect([lock?.exceeded, policy?.file, baseline?.owner]).toEqual([
      false,
      'readiness.config.yaml',
      'desk-team@example.com',
    ]);
  }, 120_000);

  it('fails once a confirmation is gone, and the difference says why', async () => {
    const file = join(project.root, closing);
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace('<isConfirmationRequired>true', '<isConfirmationRequired>false'),
    );
    const checked = await readiness('check', '--locked', '--baseline', 'known.json');
    expect(checked.exitCode).toBe(1);
    expect(checked.stdout).toContain('critical exceeds-lock (1)');
    expect(checked.stdout).toContain('user confirms → nothing in front');

    const told = await readiness('diff', '--output-file', 'diff.md');
    expect([told.exitCode, told.stderr]).toEqual([1, '']);
    expect(told.stdout).toContain('compared with authority.lock.json: effects: 1 widened.');
    expect(readFileSync(join(project.root, 'diff.md'), 'utf8')).toContain('- 🔺 widened **update Case (Status)**');

    const { base, changes } = effectDiffSchema.parse(result(await readiness('diff', 'HEAD', '--json')));
    expect([base.kind, changes.map(({ kind }) => kind)]).toEqual(['ref', ['widened']]);
  }, 120_000);

  it.each([
    [['check', '--write-manifest', '--locked'], 2],
    [['check', '--write-manifest', '--agent', 'Help_Desk'], 2],
    [['check', '--verify-with', 'key.pem'], 2],
    [['check', '--write-baseline'], 2],
    [['check', '--config', 'none.yaml'], 31],
    [['diff', 'HEAD', '--base', 'HEAD'], 31],
    [['diff', 'no-such-commit'], 31],
    [['diff', '--output-file', 'diff.txt'], 31],
  ])(
    '%j ends with %d',
    async (args, exitCode) => {
      expect((await readiness(...args)).exitCode).toBe(exitCode);
    },
    120_000,
  );
});
