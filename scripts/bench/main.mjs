import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateOrg } from './generateOrg.mjs';

/**
 * Runs all measurements in child processes and prints Markdown. What is compared is interleaved, so that
 * a machine that is busy for a while slows both.
 *
 * @param {{ project?: string, runs: number, quick: boolean }} options
 */
export function bench({ project, runs, quick }) {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    print(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} threads, Node ${process.version}; `);
    print(`load ${loadavg()[0].toFixed(1)} at the start; medians of ${runs} interleaved runs.\n\n`);
    if (project) measureProject(project, folder, runs);
    measureGrowth(folder, quick ? 1 : runs, quick ? [100, 1000] : [100, 1000, 10000]);
    print(`\nLoad ${loadavg()[0].toFixed(1)} at the end.\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measureProject(source, folder, runs) {
  const project = join(folder, 'project');
  // A copy without repository and cache: the measurement writes into the project.
  cpSync(source, project, { recursive: true, filter: (path) => !/[\\/](\.git|\.sf|node_modules)$/.test(path) });
  const secret = join(folder, 'project.key');
  const withCache = () => {
    rmSync(join(project, '.sf'), { recursive: true, force: true });
    return ['summarise.mjs', project, secret];
  };
  const { classes, reached } = JSON.parse(output(['chooseClasses.mjs', project, '20']));
  const rows = interleaved(runs, [
    ['ANTLR: parse', () => ['parseWithAntlr.mjs', project]],
    ...(hasJava() ? [['Code Analyzer PMD: recommended rules for Apex', () => ['runPmd.mjs', project]]] : []),
    ['parse and summarise', () => ['summarise.mjs', project]],
    ['the same, filling the cache', withCache],
    ['the same, from the cache', () => ['summarise.mjs', project, secret]],
    [`${reached} classes reachable, cold`, () => ['everything.mjs', project, '--classes', classes.join()]],
    ['all of it reachable, cold', () => ['everything.mjs', project]],
    [
      'all of it reachable, summaries from the cache',
      () => {
        rmSync(join(project, '.sf', 'agent-readiness', 'report'), { recursive: true, force: true });
        return ['everything.mjs', project, '--key', secret];
      },
    ],
    ['all of it reachable, nothing changed', () => ['everything.mjs', project, '--key', secret]],
  ]);
  table(`${source.split(/[\\/]/).at(-1)}`, rows, rows[0]);
}

function measureGrowth(folder, runs, sizes) {
  const fixed = sizes.map((classes) => ({ agents: 5, classes }));
  const growing = sizes.map((classes) => ({ agents: classes / 20, classes }));
  for (const [title, points] of [
    ['Generated org: 5 agents reach 100 classes, the rest grows', fixed],
    ['Generated org: every class is reached by one agent', growing],
  ]) {
    const cases = points.map((size) => {
      const org = join(folder, `org-${size.agents}-${size.classes}`);
      if (!existsSync(org)) generateOrg(org, size);
      return [`${size.agents} agents, ${size.classes} classes`, () => ['checkAgents.mjs', org]];
    });
    const last = points.at(-1);
    const org = join(folder, `org-${last.agents}-${last.classes}`);
    const args = ['checkAgents.mjs', org, join(folder, 'org.key')];
    const filling = () => {
      rmSync(join(org, '.sf'), { recursive: true, force: true });
      return args;
    };
    cases.push(['the last, filling the caches', filling], ['the last, nothing changed', () => args]);
    const rows = interleaved(runs, cases);
    table(title, rows, rows[0]);
  }
}

/** Each case once, then each again: the median of every figure for each case. */
function interleaved(runs, cases) {
  const results = cases.map(() => []);
  for (let run = 0; run < runs; run++) {
    for (const [index, [, args]] of cases.entries()) results[index].push(runChild(args()));
  }
  return cases.map(([name], index) => ({ name, ...medians(results[index]) }));
}

function runChild(args) {
  const started = performance.now();
  return { ...JSON.parse(output(args)), processMs: performance.now() - started };
}

function output([script, ...args]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--conditions=source', '--disable-warning=ExperimentalWarning', join(import.meta.dirname, script), ...args],
    { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  );
  if (status !== 0) throw new Error(`${script} failed:\n${stderr}`);
  return stdout;
}

function hasJava() {
  const { status } = spawnSync('java', ['-version']);
  if (status !== 0) print('No Java here, which the PMD engine needs: it is left out.\n\n');
  return status === 0;
}

function medians(results) {
  const median = (key) => results.map((each) => each[key]).sort((a, b) => a - b)[Math.floor((results.length - 1) / 2)];
  return {
    files: results[0].files,
    cpuMs: median('cpuMs'),
    wallMs: median('wallMs'),
    processMs: median('processMs'),
    peakMb: median('peakMb'),
  };
}

function table(title, rows, base) {
  print(`### ${title}\n\n`);
  print('| what | files | CPU s | wall s | with start-up | peak MB | CPU ratio | memory ratio |\n');
  print('|---|--:|--:|--:|--:|--:|--:|--:|\n');
  const seconds = (ms) => (ms / 1000).toFixed(2);
  for (const { name, files, cpuMs, wallMs, processMs, peakMb } of rows) {
    const memory = peakMb === null ? '–' : (peakMb / base.peakMb).toFixed(2);
    const ratios = `${(cpuMs / base.cpuMs).toFixed(2)} | ${memory}`;
    print(
      `| ${name} | ${files} | ${seconds(cpuMs)} | ${seconds(wallMs)} | ${seconds(processMs)} | ${peakMb ?? '–'} | ${ratios} |\n`,
    );
  }
  print('\n');
}

function print(text) {
  process.stdout.write(text);
}
