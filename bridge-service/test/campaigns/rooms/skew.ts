import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { createFindings, type Findings } from '../world/findings.ts';
import { judgeBridge, judgeLedger } from '../world/judge.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage } from '../world/stage.ts';
import { delay, forEach } from '../world/until.ts';

const minute = 60_000;
/** How far each of two replicas is off. */
const scenes = [
  [0, 20_000],
  [5 * minute, -5 * minute],
  [120 * minute, -120 * minute],
] as const;
/** Certificates must be valid hours back, and those of the tests may be younger. */
const ahead = 1_000 * 60 * minute;
const preload = new URL('../world/jumpingClock.ts', import.meta.url).href;
/** A lease, the job that looks after it, and a slow machine. */
const withinMs = 180_000;

/**
 * Two replicas on one PostgreSQL whose wall clocks differ. The org shares the clock of the first, later that of the
 * second, and asks either. In every other round the one that it agrees with is killed in the middle of runs, so that
 * the other one, with its wrong clock, goes on with them.
 */
export async function skew(seeded: Seeded, count: number): Promise<Findings> {
  const findings = createFindings();
  const stage = await startStage({ store: 'postgres' });
  let orgMs = 0;
  const { desk, bill } = playOutside(stage, findings, seeded, () => Date.now() + orgMs);
  const checkpoints: string[] = [];
  const start = (offsetMs: number): Promise<BridgeProcess> => {
    const file = join(stage.folder, `clock of ${String(offsetMs)}`);
    writeFileSync(file, String(ahead + offsetMs));
    const options = `--disable-warning=ExperimentalWarning --import=${preload}`;
    return stage.start({ CAMPAIGN_CLOCK: file, NODE_OPTIONS: options });
  };
  const live: BridgeProcess[] = [];
  try {
    for (const offsets of scenes) {
      for (const bridge of live.splice(0)) await bridge.stop();
      for (const offsetMs of offsets) live.push(await start(offsetMs));
      for (let round = 0; round < 4 * count; round += 1) {
        const right = Math.floor(round / 2) % 2;
        const offsetMs = offsets[right] ?? 0;
        orgMs = ahead + offsetMs;
        for (let fresh = 0; fresh < 6; fresh += 1)
          desk.handOver({ task: fresh === 0 ? 'case-summary' : 'refund-review' });
        await forEach(desk.open, 4, (custody) => desk.step(custody, live[right] ?? seeded.pick(live)));
        await delay(seeded.below(700));
        const dies = round % 2 === 1;
        if (dies) {
          await live[right]?.kill();
          await delay(15_000);
          live[right] = await start(offsetMs);
        }
        const words = offsets.map((each) => `${each > 0 ? '+' : ''}${String(each / 1_000)} s`).join(' and ');
        const begun = performance.now();
        findings.require(
          await desk.finish(() => seeded.pick(live), withinMs),
          `all ends within ${withinMs / 1_000} s of ${words}`,
        );
        const what = `seconds to the end, ${words}, ${right === 0 ? 'first' : 'second'} right${dies ? ', and killed' : ''}`;
        findings.note(what, Math.round((performance.now() - begun) / 1_000));
        checkpoints.push(await (await ask(seeded.pick(live), '/v1/audit/checkpoint')).text());
      }
    }
    const all = { stage, desk, bill, findings, checkpoints };
    const [first] = live;
    if (first === undefined) throw new Error('no replica');
    await judgeBridge(all, first);
    for (const bridge of live) await bridge.stop();
    await judgeLedger(all);
    findings.figures['handoffs'] = desk.custodies.length;
    return findings;
  } finally {
    await stage.stop();
  }
}
