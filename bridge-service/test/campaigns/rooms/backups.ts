import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { copiedTables } from '../../../src/adapters/sql/backup/copiedTables.ts';
import { openDatabase } from '../../../src/adapters/sql/openDatabase.ts';
import { runCommand, type Ended } from '../world/command.ts';
import { createFindings, type Findings } from '../world/findings.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { startStage, type Stage, type StoreKind } from '../world/stage.ts';
import { delay, until } from '../world/until.ts';

const handoffs = 12;

/**
 * `kill -9` while a backup is written, and while one is restored: after so many bytes, or at any time. A file with
 * the name of a backup is a whole one; a store is empty or whole; and the next try completes, or says what to do.
 */
export async function backups(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  const stage = await startStage({ store });
  try {
    await work(stage, findings, seeded);
    const file = join(stage.folder, 'first.backup');
    const begun = performance.now();
    findings.require((await runCommand(stage.environment, ['backup', file])).code === 0, 'a backup is written');
    const usualMs = performance.now() - begun;
    const whole = await rowsOf(stage, stage.environment);
    for (let round = 1; round <= count; round += 1) {
      if (seeded.below(3) === 0) await killBackup(stage, findings, seeded, { round, usualMs });
      else await killRestore(stage, findings, seeded, { round, usualMs, file, whole });
      if (round % 10 === 0) findings.note('kills', round);
    }
    findings.figures['kills'] = count;
    findings.figures['size of the backup, bytes'] = readFileSync(file).length;
    return findings;
  } finally {
    await stage.stop();
  }
}

/** Something to lose. */
async function work(stage: Stage, findings: Findings, seeded: Seeded): Promise<void> {
  const { desk } = playOutside(stage, findings, seeded);
  const bridge = await stage.start();
  for (let fresh = 0; fresh < handoffs; fresh += 1) desk.handOver({ task: 'refund-review' });
  findings.require(await desk.finish(() => bridge, 180_000), 'all ends before the backup');
  await bridge.kill();
}

interface Round {
  readonly round: number;
  readonly usualMs: number;
}

async function killBackup(stage: Stage, findings: Findings, seeded: Seeded, { round, usualMs }: Round): Promise<void> {
  const file = join(stage.folder, `${String(round)}.backup`);
  const partial = `${file}.partial`;
  const dies = new AbortController();
  const running = runCommand(stage.environment, ['backup', file], dies.signal);
  let isOver = false;
  const over = running.finally(() => {
    isOver = true;
  });
  if (seeded.below(3) > 0) await until(() => isOver || existsSync(partial), { withinMs: 60_000, everyMs: 2 });
  else await delay(seeded.below(usualMs));
  await delay(seeded.below(60));
  dies.abort();
  const { code } = await over;
  findings.count(`backup ${String(code)}`);
  if (existsSync(partial)) {
    findings.count('half of a backup was left');
    const again = await runCommand(stage.environment, ['backup', file]);
    findings.require(again.code === 1 && isPlain(again, 'delete it and try again'), `says what to do: ${again.said}`);
    rmSync(partial);
  }
  if (!existsSync(file)) {
    findings.require((await runCommand(stage.environment, ['backup', file])).code === 0, 'the next backup is written');
  }
  const target = await newStore(stage, `checked ${String(round)}`);
  const restored = await runCommand(target, ['restore', '--from', file, '--by', 'duty']);
  findings.require(restored.code === 0, `a file with the name of a backup is a whole one: ${restored.said}`);
}

async function killRestore(
  stage: Stage,
  findings: Findings,
  seeded: Seeded,
  { round, usualMs, file, whole }: Round & { readonly file: string; readonly whole: readonly number[] },
): Promise<void> {
  const target = await newStore(stage, `target ${String(round)}`);
  const dies = new AbortController();
  const bytes = readFileSync(file);
  const isFed = seeded.below(3) > 0;
  const pipe = join(stage.folder, `pipe ${String(round)}`);
  execFileSync('mkfifo', [pipe]);
  // Both ends, so that nobody waits for the other one.
  const end = await open(pipe, 'r+');
  const feeding = end.write(bytes.subarray(0, seeded.below(bytes.length)));
  const from = isFed ? pipe : file;
  const running = runCommand(target, ['restore', '--from', from, '--by', 'duty'], dies.signal);
  await delay(isFed ? usualMs + seeded.below(500) : seeded.below(usualMs * 1.3));
  dies.abort();
  findings.count(`restore ${String((await running).code)}`);
  await drain(end, feeding);

  const left = await rowsOf(stage, target).catch(() => undefined);
  findings.count(left === undefined ? 'store cannot be opened' : left[0] === 0 ? 'store empty' : 'store whole');
  const isEmpty = left?.every((rows) => rows === 0) === true;
  // What was open has ended, which the log says as well.
  const isWhole = left?.every((rows, at) => rows >= (whole[at] ?? 0)) === true;
  findings.require(
    isEmpty || isWhole,
    `a store is empty or whole: ${JSON.stringify(left)} of ${JSON.stringify(whole)}`,
  );
  const again = await runCommand(target, ['restore', '--from', file, '--by', 'duty']);
  const isSaid = again.code === 1 && isWhole && isPlain(again, 'the store is not empty');
  findings.require(again.code === 0 || isSaid, `the next restore completes, or says why not: ${again.said}`);
}

/** Takes what nobody has read, so that the writing of it can end. */
async function drain(end: FileHandle, feeding: Promise<unknown>): Promise<void> {
  const state = { isFed: false };
  void feeding.finally(() => {
    state.isFed = true;
  });
  // While it is not fed the pipe is full, or about to be: there is something to read.
  while (!state.isFed) await end.read(Buffer.alloc(65_536));
  await end.close();
}

/** A sentence for the reader, and no place in the program. */
function isPlain({ said }: Ended, sentence: string): boolean {
  return said.includes(sentence) && !said.includes('\n    at ');
}

/** The same bridge, with nothing in its store. */
async function newStore(stage: Stage, name: string): Promise<Readonly<Record<string, string>>> {
  const data = join(stage.folder, name);
  mkdirSync(data);
  const url = await stage.server?.createDatabase();
  return { ...stage.environment, BRIDGE_DATA: data, ...(url === undefined ? {} : { DATABASE_URL: url }) };
}

/** How many rows each table has, the log first. */
async function rowsOf({ store }: Stage, environment: Readonly<Record<string, string>>): Promise<readonly number[]> {
  const database = await openDatabase(
    store === 'postgres'
      ? { kind: 'postgres', url: environment['DATABASE_URL'] ?? '', maxConnections: 1 }
      : { kind: 'pglite', folder: join(environment['BRIDGE_DATA'] ?? '', 'store') },
  );
  try {
    const counts: number[] = [];
    for (const name of ['audit_entry', ...Object.keys(copiedTables), 'audit_node']) {
      const query = sql<{ rows: number }>`select count(*)::int as rows from ${sql.table(name)}`;
      counts.push((await query.execute(database.db)).rows[0]?.rows ?? 0);
    }
    return counts;
  } finally {
    await database.close();
  }
}
