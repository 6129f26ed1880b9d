import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFindings, type Findings } from '../world/findings.ts';
import { judgeAndStop } from '../world/judge.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage, type Stage, type StoreKind } from '../world/stage.ts';
import { delay, forEach, until } from '../world/until.ts';

const sizeMb = 320;
/** What is left when the disk is nearly full. */
const leftBytes = 60_000;

/**
 * The disk of the store fills up in the middle of work, on a small file system of its own (needs root). What
 * was acknowledged is kept, what cannot be kept is not acknowledged, and with room again it goes on.
 */
export async function disk(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  const root = mkdtempSync(join(tmpdir(), 'campaign-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${sizeMb}m,mode=1777`, 'tmpfs', root]);
  try {
    const stage = await startStage({ store, root });
    try {
      await fillAgain(seeded, count, stage, findings, join(root, 'filler'));
    } finally {
      await stage.stop();
    }
  } finally {
    rmSync(join(root, 'filler'), { force: true });
    execFileSync('umount', [root]);
    rmdirSync(root);
  }
  return findings;
}

async function fillAgain(
  seeded: Seeded,
  count: number,
  stage: Stage,
  findings: Findings,
  filler: string,
): Promise<void> {
  const { desk, bill } = playOutside(stage, findings, seeded);
  const checkpoints: string[] = [];
  let bridge = await stage.start();
  for (let round = 0; round < count; round += 1) {
    checkpoints.push(await (await ask(bridge, '/v1/audit/checkpoint')).text());
    const fullUntil = performance.now() + 15_000;
    while (performance.now() < fullUntil) {
      fillUp(stage.folder, filler);
      for (let fresh = 0; fresh < 3 && desk.open.length < 40; fresh += 1) desk.handOver({ task: 'refund-review' });
      await forEach(desk.open, 8, (custody) => desk.step(custody, bridge));
      await delay(100);
    }
    findings.count(roomIn(stage.folder) < 100_000 ? 'times it was full' : 'times it was not full');
    rmSync(filler);
    // As an orchestrator does: what ended, or says for long that it is not ready, is started again.
    const isBack = await until(() => isReady(bridge.url), { withinMs: 30_000 });
    if (!isBack) {
      findings.count('had to be started again');
      await bridge.kill();
      bridge = await stage.start();
    }
    findings.require(await desk.finish(() => bridge, 120_000), 'all ends within two minutes of there being room again');
  }
  const all = { stage, desk, bill, findings, checkpoints };
  await judgeAndStop(all, bridge);
}

function roomIn(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Takes what room there is, but for a little: some writes succeed yet, and the next ones do not. */
function fillUp(folder: string, filler: string): void {
  const bytes = roomIn(folder) - leftBytes;
  if (bytes > 0) appendFileSync(filler, new Uint8Array(bytes));
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
