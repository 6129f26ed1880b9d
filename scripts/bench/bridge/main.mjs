/**
 * Measures the bridge as scripts/tasks/benchBridge.mjs says, and prints Markdown.
 *
 * Usage: node --conditions=source main.mjs <options as JSON>
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { findPostgres, startPostgres } from '../../../bridge-service/test/support/postgres.ts';
import { bridgeCaller, portkeyCaller, sdkCaller } from './callers.mjs';
import { measureLatency, measureLoad } from './measure.mjs';
import { createProcesses, startBridge, startClaude, startPortkey } from './processes.mjs';
import { quantile, withInterval } from './statistics.mjs';

const { rounds, count, parallel, passes, portkey } = JSON.parse(process.argv[2]);
const print = (text) => process.stdout.write(text);

const folder = mkdtempSync(join(tmpdir(), 'bench-bridge-'));
const processes = createProcesses();
const programs = findPostgres();
const postgres = programs === undefined ? undefined : await startPostgres(programs);
/** What durability costs is the difference to this one. */
const careless = programs === undefined ? undefined : await startPostgres(programs, undefined, ['fsync=off']);
const end = async () => {
  await processes.stop();
  await postgres?.stop();
  await careless?.stop();
  rmSync(folder, { recursive: true, force: true });
};
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void end().then(() => process.exit(1)));
try {
  print(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} threads, Node ${process.version}; `);
  print(`load ${loadavg()[0].toFixed(1)} at the start.\n\n`);
  if (postgres === undefined) print('No PostgreSQL package here: its rows are left out.\n\n');
  await bench();
  print(`Load ${loadavg()[0].toFixed(1)} at the end.\n`);
} finally {
  await end();
}

async function bench() {
  const callers = await startCallers();
  // Compiled code, open connections, warm caches: for all of them alike.
  await measureLatency(callers, Math.ceil(rounds / 4));
  for (const caller of callers) await measureLoad(caller, { count: parallel * 4, parallel });
  printLatency(await measureLatency(callers, rounds), callers);
  await printLoad(callers);
  await printAppends();
  await printControls();
}

async function startCallers() {
  const claudeUrl = await startClaude(processes);
  const bridge = async (name, databaseUrl) => {
    const { url } = await startBridge(processes, { folder: join(folder, name), claudeUrl, databaseUrl });
    return { name: `bridge on ${name}`, ...bridgeCaller(url) };
  };
  return [
    { name: 'SDK, direct', ...sdkCaller(claudeUrl) },
    ...(portkey ? [{ name: 'Portkey', ...portkeyCaller(await startPortkey(processes), claudeUrl) }] : []),
    await bridge('PGlite', undefined),
    ...(postgres === undefined ? [] : [await bridge('PostgreSQL', await postgres.createDatabase())]),
    ...(careless === undefined
      ? []
      : [await bridge('PostgreSQL that never waits for the disk', await careless.createDatabase())]),
  ];
}

/** What a caller adds to the direct call of the same round; the 99th percentiles are compared as such. */
function printLatency(rows, [direct, ...others]) {
  const times = (name) => rows.map((row) => row[name]);
  const at = (q) => quantile(times(direct.name), q).toFixed(2);
  print(`One at a time, ${rows.length} rounds, ms; the direct call takes ${at(0.5)} (p99 ${at(0.99)}).\n\n`);
  print('| added by | p50 | 95 % interval | p99 | 95 % interval |\n|---|--:|--:|--:|--:|\n');
  for (const { name } of others) {
    const p50 = withInterval(rows, (drawn) =>
      quantile(
        drawn.map((row) => row[name] - row[direct.name]),
        0.5,
      ),
    );
    const p99 = withInterval(rows, (drawn) => {
      const of = (caller) =>
        quantile(
          drawn.map((row) => row[caller]),
          0.99,
        );
      return of(name) - of(direct.name);
    });
    print(`| ${name} | ${cells(p50)} | ${cells(p99)} |\n`);
  }
  print('\n');
}

function cells({ value, low, high }) {
  return `${value.toFixed(2)} | ${low.toFixed(2)}–${high.toFixed(2)}`;
}

async function printLoad(callers) {
  const results = new Map(callers.map(({ name }) => [name, []]));
  for (let pass = 0; pass < passes; pass++) {
    for (const caller of callers) results.get(caller.name).push(await measureLoad(caller, { count, parallel }));
  }
  print(`${parallel} at a time, ${count} calls, medians of ${passes} interleaved passes.\n\n`);
  print('| | per second | p50 ms | p99 ms |\n|---|--:|--:|--:|\n');
  for (const [name, runs] of results) {
    const median = (figure) => quantile(runs.map(figure), 0.5);
    const [p50, p99] = [0.5, 0.99].map((q) => median(({ times }) => quantile(times, q)).toFixed(1));
    print(`| ${name} | ${median(({ perSecond }) => perSecond).toFixed(0)} | ${p50} | ${p99} |\n`);
  }
  print('\n');
}

async function printAppends() {
  print(`Appends to the audit log, a transaction each, ${parallel} at a time.\n\n| | per second |\n|---|--:|\n`);
  const script = join(import.meta.dirname, 'appendsProcess.mjs');
  const databases = [['PGlite'], ...(postgres === undefined ? [] : [['PostgreSQL', await postgres.createDatabase()]])];
  for (const [name, ...url] of databases) {
    const args = ['--conditions=source', script, String(count * 4), String(parallel), ...url];
    const { match } = await processes.start(args, /^([\d.]+)\n/m);
    print(`| ${name} | ${Number(match).toFixed(0)} |\n`);
  }
  print('\n');
}

async function printControls() {
  print('CPU time of single controls per handoff, ms.\n\n| | CPU ms |\n|---|--:|\n');
  const args = ['--conditions=source', join(import.meta.dirname, 'controlsProcess.mjs')];
  const { match } = await processes.start(args, /^(\{.*\})\n/m);
  for (const [name, cpuMs] of Object.entries(JSON.parse(match))) print(`| ${name} | ${cpuMs.toFixed(2)} |\n`);
  print('\n');
}
