import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment, npmEnvironment, packPackage, startLocalRegistry } from '@agent-readiness/testkit';
import { copySample, letItDeleteContacts } from './changedSample.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const require = createRequire(import.meta.url);

export interface CiRuns {
  /** What a commit prints with the hook of the documentation. */
  readonly preCommit: string;
  /** What the job of the GitLab template prints, in an emulator of GitLab's runner. */
  readonly gitlab: string;
}

/**
 * The hook and the template of the documentation at work on a change that lets the sample's agent delete contacts.
 * The packages are packed, and installed from a registry of our own. Needs pre-commit and rsync.
 *
 * @param project the sample's
 * @param folder an empty one
 */
export async function ciRuns(project: string, folder: string): Promise<CiRuns> {
  const programs = join(folder, 'programs');
  mkdirSync(programs, { recursive: true });
  // A machine may have an older one under either name.
  for (const name of ['node', 'nodejs']) symlinkSync(process.execPath, join(programs, name));
  const packages = ['protocol', 'sf-plugin'].map((each) => packPackage(join(root, each), folder));
  const registry = await startLocalRegistry(packages);
  try {
    const env = {
      ...cleanEnvironment(),
      ...npmEnvironment('@agent-readiness', registry.url),
      PATH: `${programs}:${process.env['PATH'] ?? ''}`,
      PRE_COMMIT_HOME: join(folder, 'hooks'),
    };
    const run = (command: string, args: readonly string[], cwd: string): Promise<string> =>
      printed(command, args, cwd, env);

    return {
      preCommit: await commitWithHook(project, join(folder, 'committed'), run),
      gitlab: await gitlabJob(project, join(folder, 'merge-request'), run),
    };
  } finally {
    await registry.close();
  }
}

type Run = (command: string, args: readonly string[], cwd: string) => Promise<string>;

async function commitWithHook(project: string, folder: string, run: Run): Promise<string> {
  const section = readFileSync(join(root, 'docs/ci.md'), 'utf8').split('## pre-commit')[1] ?? '';
  const config = /```yaml\n(.*?)```/s.exec(section)?.[1] ?? '';
  await repository(project, folder, { '.pre-commit-config.yaml': config }, run);
  await run('pre-commit', ['install', '--install-hooks'], folder);
  letItDeleteContacts(folder);
  return run('git', ['commit', '--all', '--message=close stale contacts'], folder);
}

async function gitlabJob(project: string, folder: string, run: Run): Promise<string> {
  const template = readFileSync(join(root, 'ci-templates/gitlab.yml'), 'utf8');
  const config = 'include:\n  - local: agent-readiness.yml\n';
  await repository(project, folder, { 'agent-readiness.yml': template, '.gitlab-ci.yml': config }, run);
  const base = (await run('git', ['rev-parse', 'HEAD'], folder)).trim();
  letItDeleteContacts(folder);
  await run('git', ['commit', '--all', '--message=close stale contacts'], folder);
  const variables = {
    GITLAB_CI: 'true',
    CI_API_V4_URL: 'https://gitlab.example.com/api/v4',
    CI_PIPELINE_SOURCE: 'merge_request_event',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_PROJECT_ID: '42',
    CI_MERGE_REQUEST_DIFF_BASE_SHA: base,
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  };
  return run(
    process.execPath,
    [
      require.resolve('gitlab-ci-local/dist/index.js'),
      'agent-readiness',
      '--force-shell-executor',
      '--no-color',
      `--ignore-predefined-vars=${Object.keys(variables).join(',')}`,
      ...Object.entries(variables).map(([name, value]) => `--variable=${name}=${value}`),
    ],
    folder,
  );
}

async function repository(
  project: string,
  folder: string,
  files: Readonly<Record<string, string>>,
  run: Run,
): Promise<void> {
  mkdirSync(folder);
  copySample(project, folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const git = (...args: string[]): Promise<string> => run('git', args, folder);
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.name', 'Author');
  await git('config', 'user.email', 'author@example.com');
  await git('add', '--all');
  await git('commit', '--quiet', '--message=agents');
  await git('clone', '--quiet', '--bare', '.', `${folder}.git`);
  const host = 'git@gitlab.example.com:acme/agents.git';
  await git('config', `url.file://${folder}.git.insteadOf`, host);
  await git('remote', 'add', 'origin', host);
  await git('remote', 'set-head', 'origin', 'main');
}

/** Both streams, in the order in which they were printed. It need not succeed: what fails is what is shown. */
function printed(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], timeout: 300_000 });
    let text = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    child.on('error', reject);
    child.on('close', () => {
      resolve(text);
    });
  });
}
