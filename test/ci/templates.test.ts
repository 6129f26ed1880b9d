import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from '@jest/globals';
import { cleanEnvironment, runNode, temporaryFolder, type TestProject } from '@agent-readiness/testkit';
import { parse } from 'yaml';

const root = fileURLToPath(new URL('../../', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const plugin = JSON.parse(read('sf-plugin/package.json')) as { name: string; version: string };
const pinned = `${plugin.name}@${plugin.version}`;

const folders: TestProject[] = [];
function newFolder(): string {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder.root;
}
afterAll(() => {
  for (const folder of folders) folder.dispose();
});

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const action = parse(read('action.yml')) as {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
};

/** The YAML blocks of the documentation. */
const examples = [...read('docs/ci.md').matchAll(/```yaml\n(.*?)```/gs)].flatMap(([, text]) => text ?? []);

describe('the action', () => {
  it('installs the plugin of the same version', () => {
    expect(action.inputs['package']?.default).toBe(pinned);
  });

  it('uses other actions by commit, here and in the documentation', () => {
    const uses = [...`${read('action.yml')}\n${examples.join('\n')}`.matchAll(/uses: (\S+)(.*)/g)];
    expect(uses.length).toBeGreaterThan(3);
    for (const [, name = '', comment = ''] of uses) {
      if (name.startsWith('OWNER/agent-readiness@')) expect(name).toBe('OWNER/agent-readiness@COMMIT');
      else expect(`${name}${comment}`).toMatch(/^[\w-]+\/[\w-]+(\/[\w-]+)?@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it('never writes what somebody entered into a script', () => {
    for (const { run } of action.runs.steps) expect(run ?? '').not.toContain('${{');
  });

  it('runs its script on what the step before it installed', () => {
    const temp = newFolder();
    const scope = join(temp, 'agent-readiness/program/node_modules/@agent-readiness');
    mkdirSync(scope, { recursive: true });
    symlinkSync(join(root, 'sf-plugin'), join(scope, 'sf-plugin'));
    const project = newFolder();
    cpSync(join(root, 'examples/ready-agent'), project, { recursive: true });
    const event = join(temp, 'event.json');
    writeFileSync(event, '{}');
    const files = { GITHUB_OUTPUT: join(temp, 'output'), GITHUB_STEP_SUMMARY: join(temp, 'summary') };
    const step = action.runs.steps.find(({ id }) => id === 'run');
    const inputs = Object.fromEntries(
      Object.entries(step?.env ?? {}).map(([name, value]) => {
        const input = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? '';
        return [name, input === 'token' ? '' : action.inputs[input]?.default];
      }),
    );
    const { status, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
      cwd: project,
      encoding: 'utf8',
      env: {
        ...cleanEnvironment(),
        ...inputs,
        ...files,
        RUNNER_TEMP: temp,
        GITHUB_ACTIONS: 'true',
        GITHUB_API_URL: 'https://api.example.com',
        GITHUB_REPOSITORY: 'acme/agents',
        GITHUB_EVENT_NAME: 'push',
        GITHUB_EVENT_PATH: event,
      },
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const reports = join(temp, 'agent-readiness/reports');
    expect(readFileSync(files.GITHUB_OUTPUT, 'utf8')).toBe(`reports=${reports}\nsarif=${reports}/readiness.sarif\n`);
    expect(readdirSync(reports).sort()).toEqual([
      'comment.md',
      'readiness.html',
      'readiness.json',
      'readiness.md',
      'readiness.sarif',
      'readiness.xml',
    ]);
  }, 60_000);
});

describe('the GitLab template', () => {
  it('is what GitLab takes, by its published schema, and sets what the pipeline reads', async () => {
    const folder = newFolder();
    cpSync(join(root, 'ci-templates'), join(folder, 'ci-templates'), { recursive: true });
    const [example] = examples.filter((text) => text.includes('ci-templates/gitlab.yml'));
    const included = (example ?? '').replace(/remote: .*ci-templates/, 'local: ci-templates');
    expect(included).toContain('local: ci-templates/gitlab.yml');
    writeFileSync(join(folder, '.gitlab-ci.yml'), included);
    const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' });
    git('init', '--quiet', '--initial-branch=main');
    git('remote', 'add', 'origin', 'git@gitlab.example.com:acme/agents.git');
    git('add', '--all');
    git('-c', 'user.name=Author', '-c', 'user.email=author@example.com', 'commit', '--quiet', '--message=change');
    const emulator = join(root, 'node_modules/gitlab-ci-local/dist/index.js');
    const { exitCode, stdout, stderr } = await runNode(emulator, ['--preview'], {
      cwd: folder,
      env: cleanEnvironment(),
    });
    expect({ exitCode, stderr: /schema validated|invalid/.exec(stderr)?.[0] }).toEqual({
      exitCode: 0,
      stderr: 'schema validated',
    });
    const { 'agent-readiness': job } = parse(stdout) as Record<string, { variables: object; script: string[] }>;
    expect(job?.variables).toEqual({
      READINESS_PACKAGE: pinned,
      READINESS_PROJECT_DIR: '.',
      READINESS_FAIL_ON: '',
      READINESS_BASELINE: '',
      READINESS_LOCKED: 'true',
      READINESS_COMMENT: 'true',
      READINESS_REPORT_DIR: '.agent-readiness',
    });
    for (const line of job?.script ?? []) expect(spawnSync('bash', ['-n', '-c', line]).status).toBe(0);
  }, 60_000);
});

describe('the pre-commit hooks', () => {
  const hooks = parse(read('.pre-commit-hooks.yaml')) as {
    id: string;
    entry: string;
    files: string;
  }[];

  it('run commands that there are', () => {
    expect(hooks.map(({ id, entry }) => [id, entry])).toEqual([
      ['agent-readiness-check', 'sf readiness check'],
      ['agent-readiness-diff', 'sf readiness diff'],
    ]);
  });

  it.each([
    ['force-app/main/default/aiAuthoringBundles/Order_Care/Order_Care.agent', true],
    ['force-app/main/default/classes/OrderTrash.cls', true],
    ['force-app/main/default/flows/Cancel_Order.flow-meta.xml', true],
    ['readiness.config.yaml', true],
    ['packages/core/authority.lock.json', true],
    ['README.md', false],
    ['package.json', false],
  ])('run for %s: %s', (path, expected) => {
    for (const { files } of hooks) expect(new RegExp(files).test(path)).toBe(expected);
  });

  it('are shown in the documentation as they are', () => {
    const shown = examples.filter((text) => text.includes('additional_dependencies'));
    expect(shown).toHaveLength(1);
    expect(shown[0]).toContain(pinned);
    expect(shown[0]).toContain(hooks[0]?.files ?? '');
  });
});
