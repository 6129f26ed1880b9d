import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createFindings, type Findings } from '../world/findings.ts';
import { judgeAndStop } from '../world/judge.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage, type StoreKind } from '../world/stage.ts';
import { delay, forEach } from '../world/until.ts';

const hour = 3_600_000;
const jumps = [hour, -hour, 24 * hour, -24 * hour];
/** Certificates must be valid a day back, and those of the tests may be younger. */
const ahead = 1_000 * hour;
const preload = new URL('../world/jumpingClock.ts', import.meta.url).href;
/** A lease, the job that looks after it, and a slow machine. */
const withinMs = 90_000;

/**
 * The wall clock of the bridge is set in the middle of runs, by an hour or a day, forwards and backwards, and
 * back again; each time once with the process living on, once with a `kill -9` right after.
 */
export async function clocks(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  const stage = await startStage({ store });
  const file = join(stage.folder, 'clock');
  let offsetMs = 0;
  const setClock = (ms: number): void => {
    offsetMs = ahead + ms;
    writeFileSync(file, String(offsetMs));
  };
  setClock(0);
  const { desk, bill } = playOutside(stage, findings, seeded, () => Date.now() + offsetMs);
  const checkpoints: string[] = [];
  const start = () =>
    stage.start({ CAMPAIGN_CLOCK: file, NODE_OPTIONS: `--disable-warning=ExperimentalWarning --import=${preload}` });
  try {
    let bridge = await start();
    for (let round = 0; round < count; round += 1) {
      for (const jump of jumps) {
        for (const dies of [false, true]) {
          for (let fresh = 0; fresh < 4; fresh += 1) {
            desk.handOver({ task: fresh === 0 ? 'case-summary' : 'refund-review' });
          }
          await forEach(desk.open, 4, (custody) => desk.step(custody, bridge));
          await delay(seeded.below(700));
          setClock(jump);
          if (dies) {
            await bridge.kill();
            bridge = await start();
          }
          const words = `${jump > 0 ? '+' : ''}${String(jump / hour)} h${dies ? ', and killed' : ''}`;
          const begun = performance.now();
          findings.require(
            await desk.finish(() => bridge, withinMs),
            `all ends within ${withinMs / 1_000} s of ${words}`,
          );
          findings.note(`seconds to the end after ${words}`, Math.round((performance.now() - begun) / 1_000));
          checkpoints.push(await (await ask(bridge, '/v1/audit/checkpoint')).text());
          // Back again: that is a jump, too.
          setClock(0);
        }
      }
    }
    const all = { stage, desk, bill, findings, checkpoints };
    await judgeAndStop(all, bridge);
    return findings;
  } finally {
    await stage.stop();
  }
}
