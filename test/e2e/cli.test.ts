import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportSchema } from '@agent-readiness/protocol';
import {
  cleanEnvironment,
  copyProject,
  createProject,
  createSfCli,
  npmEnvironment,
  packPackage,
  runNode,
  startLocalRegistry,
  temporaryFolder,
  type LocalRegistry,
  type RunResult,
  type SfCli,
  type TestProject,
} from '@agent-readiness/testkit';

const root = fileURLToPath(new URL('../../', import.meta.url));
const plugin = join(root, 'sf-plugin');
const sample = join(root, 'examples', 'order-care');
const pluginName = '@agent-readiness/sf-plugin';

const projects: TestProject[] = [];

function use(project: TestProject): TestProject {
  projects.push(project);
  return project;
}

const readyProject = (): string => use(copyProject(join(root, 'examples', 'ready-agent'))).root;

afterAll(() => {
  for (const project of projects) project.dispose();
});

/** What `--json` prints: the envelope of the CLI around our report. */
interface Envelope {
  readonly status: number;
  readonly result: unknown;
  readonly name: string;
  readonly message: string;
  readonly actions: readonly string[];
}

function envelope({ stdout }: RunResult): Envelope {
  return JSON.parse(stdout) as Envelope;
}

describe('without the CLI', () => {
  function check(cwd: string, ...flags: string[]): Promise<RunResult> {
    const env = cleanEnvironment();
    return runNode(join(plugin, 'bin', 'run.js'), ['readiness', 'check', ...flags], { cwd, env });
  }

  it('ends with 0 when the agents are ready', async () => {
    const { exitCode, stdout, stderr } = await check(readyProject());
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout.split('\n')[0]).toMatch(/^✔ READY {2}/);
  }, 120_000);

  it('ends with 1 when a finding reaches --fail-on, and still returns the report', async () => {
    const result = await check(sample, '--json');
    const { status, result: report } = envelope(result);
    expect({ exitCode: result.exitCode, status, stderr: result.stderr }).toEqual({
      exitCode: 1,
      status: 1,
      stderr: '',
    });
    expect(reportSchema.parse(report).verdict.status).toBe('not-ready');
  }, 120_000);

  it('hands every flag to the check', async () => {
    const flags = ['-d', 'force-app/main/default', '-a', 'Order_Care', '--all-versions', '-s', 'critical'];
    const report = reportSchema.parse(envelope(await check(sample, '--json', ...flags)).result);
    expect(report.project.sourceDirs).toEqual(['force-app/main/default']);
    expect(report.verdict.failOn).toBe('critical');
    // The script and the bundle compiled from it.
    expect(report.agents.map(({ name, generation }) => `${name} ${generation}`)).toEqual([
      'Order_Care agent-script',
      'Order_Care planner-bundle-compiled',
    ]);
  }, 120_000);

  it('ends with 30 when a file that matters cannot be read', async () => {
    const cwd = readyProject();
    const flow = join(cwd, 'force-app/main/default/flows/Renew_Loan.flow-meta.xml');
    writeFileSync(flow, readFileSync(flow, 'utf8').slice(0, 400));
    // What the flow does is unknown then; that finding is high, and a failed gate outweighs the gap.
    expect((await check(cwd)).exitCode).toBe(1);
    const { exitCode, stdout } = await check(cwd, '--fail-on', 'critical');
    expect(exitCode).toBe(30);
    expect(stdout).toContain('Renew_Loan.flow-meta.xml:');
  }, 120_000);

  it.each([
    ['outside a project', () => use(temporaryFolder()).root, [], /^No sfdx-project\.json in /],
    ['without an agent', () => use(createProject()).root, [], /agent/],
    ['for an agent that is not there', readyProject, ['--agent', 'Library_Desc'], /Library_Desc/],
    ['for a folder that is not there', readyProject, ['--source-dir', 'src'], /^src is not a folder/],
    ['for a format that there is not', readyProject, ['--output-file', 'report.pdf'], /^No report format for/],
  ])(
    'ends with 31 %s, and says what to do',
    async (_, project, flags, message) => {
      const result = await check(project(), '--json', ...flags);
      const error = envelope(result);
      expect({ exitCode: result.exitCode, status: error.status, name: error.name, stderr: result.stderr }).toEqual({
        exitCode: 31,
        status: 31,
        name: 'ConfigurationError',
        stderr: '',
      });
      expect(error.message).toMatch(message);
      expect(error.actions.length).toBeGreaterThan(0);
    },
    120_000,
  );

  it('writes each format', async () => {
    const { root: folder } = use(temporaryFolder());
    const names = ['readiness.json', 'readiness.sarif', 'readiness.md', 'readiness.xml', 'readiness.html'];
    const files = names.map((name) => join(folder, 'out', name));
    const { exitCode, stdout } = await check(sample, ...files.flatMap((file) => ['--output-file', file]));
    expect(exitCode).toBe(1);
    for (const file of files) expect(stdout).toContain(`Wrote ${file}\n`);
    const [json = '', sarif = '', markdown = '', junit = '', html = ''] = files.map((file) =>
      readFileSync(file, 'utf8'),
    );
    const agents = reportSchema.parse(JSON.parse(json)).agents.map(({ name }) => name);
    expect(agents).toEqual(['Order_Care']);
    expect(JSON.parse(sarif)).toMatchObject({
      version: '2.1.0',
      runs: [{ tool: { driver: { name: 'agent-readiness' } } }],
    });
    expect(markdown).toMatch(/^<!-- agent-readiness -->\n## ❌ Agent readiness: NOT READY\n/);
    expect(junit).toMatch(/^<\?xml .*\n<testsuites name="agent readiness" /);
    expect(html).toContain('<title>Not ready · order-care</title>');
    // The excerpts come from the project that was checked.
    expect(html).toContain('public static void remove(');
  }, 120_000);

  it('gives the same bytes for the same project', async () => {
    const [first, second] = [await check(sample, '--json'), await check(sample, '--json')];
    expect(first.stdout).toBe(second.stdout);
  }, 120_000);
});

describe('in the CLI', () => {
  it('runs after "sf plugins link"', async () => {
    await withCli([], async (sf) => {
      const cwd = readyProject();
      expect(await sf.run(['plugins', 'link', '--no-install', plugin], cwd)).toMatchObject({ exitCode: 0 });

      // Standard error holds a remark of the CLI about linked ESM plugins.
      const ready = await sf.run(['readiness', 'check', '--json'], cwd);
      expect({ exitCode: ready.exitCode, status: envelope(ready).status }).toEqual({ exitCode: 0, status: 0 });
      expect(reportSchema.parse(envelope(ready).result).verdict.status).toBe('ready');

      const notReady = await sf.run(['readiness', 'check'], sample);
      expect(notReady.exitCode).toBe(1);
      expect(notReady.stdout.split('\n')[0]).toMatch(/^✖ NOT READY {2}/);

      const help = await sf.run(['readiness', 'check', '--help'], cwd);
      expect(help.stdout).toMatch(/\nEXIT CODES\n {2}0 .*\n(.*\n)* {2}1 .*\n(.*\n)* {2}30 .*\n(.*\n)* {2}31 /);
    });
  }, 180_000);

  describe('installed from a registry', () => {
    let registry: LocalRegistry;

    beforeAll(async () => {
      const { root: folder } = use(temporaryFolder());
      registry = await startLocalRegistry(
        [join(root, 'protocol'), plugin].map((source) => packPackage(source, folder)),
      );
    }, 120_000);

    afterAll(async () => {
      await registry.close();
    });

    it('runs from its package alone', async () => {
      await withCli([pluginName], async (sf) => {
        const cwd = readyProject();
        const env = npmEnvironment('@agent-readiness', registry.url);
        const installed = await sf.run(['plugins', 'install', pluginName], cwd, env);
        expect(installed).toMatchObject({ exitCode: 0 });

        const result = await sf.run(['readiness', 'check', '--json'], cwd);
        expect({ exitCode: result.exitCode, stderr: result.stderr }).toEqual({ exitCode: 0, stderr: '' });
        const { agents, coverage } = reportSchema.parse(envelope(result).result);
        expect(agents.map(({ name }) => name)).toEqual(['Library_Desk']);
        expect(coverage.filesFailed).toEqual([]);
      });
    }, 180_000);
  });
});

async function withCli(trusted: readonly string[], work: (sf: SfCli) => Promise<void>): Promise<void> {
  const sf = createSfCli(trusted);
  try {
    await work(sf);
  } finally {
    sf.dispose();
  }
}
