import { playOutside } from '../world/play.ts';
import { createFindings, type Findings } from '../world/findings.ts';
import { judgeAndStop } from '../world/judge.ts';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { ask, startStage, type StoreKind } from '../world/stage.ts';
import type { Seeded } from '../world/seeded.ts';
import { delay, forEach } from '../world/until.ts';

/**
 * `kill -9` at random instants: while it starts, takes offers, asks, waits, is told a decision, writes. The
 * org and the provider live on, and repeat what they got no answer to.
 */
export async function kills(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  const stage = await startStage({ store });
  const { desk, bill } = playOutside(stage, findings, seeded);
  const checkpoints: string[] = [];
  try {
    let killed = 0;
    while (killed < count) {
      // One in ten dies while it starts, or soon after.
      const dies = seeded.below(10) === 0 ? AbortSignal.timeout(seeded.below(2_500)) : undefined;
      const bridge = await stage.start({}, dies).catch((error: unknown) => {
        if (dies?.aborted !== true) throw error;
      });
      if (bridge === undefined) {
        killed += 1;
        findings.count('killed while starting');
        continue;
      }
      for (let fresh = 1 + seeded.below(3); fresh > 0; fresh -= 1) {
        desk.handOver({
          task: seeded.below(4) === 0 ? 'case-summary' : 'refund-review',
          decision: seeded.below(5) === 0 ? 'rejected' : 'approved',
        });
      }
      const life = new AbortController();
      const talking = talk(bridge, life.signal);
      await delay(seeded.below(1_600));
      await bridge.kill();
      life.abort();
      await talking;
      killed += 1;
      if (killed % 20 === 0) findings.note('kills', killed);
    }
    const last = await stage.start();
    const ended = await desk.finish(() => last, 180_000);
    findings.require(ended, 'all ends within three minutes of the last start');
    const all = { stage, desk, bill, findings, checkpoints };
    await judgeAndStop(all, last);
    findings.figures['kills'] = killed;
    return findings;
  } finally {
    await stage.stop();
  }

  /** The org goes on about everything that is open, until the bridge is dead. */
  async function talk(bridge: BridgeProcess, dead: AbortSignal): Promise<void> {
    while (!dead.aborted) {
      await forEach(desk.open.slice(-12), 6, async (custody) => {
        if (!dead.aborted) await desk.step(custody, bridge);
      });
      const checkpoint = await ask(bridge, '/v1/audit/checkpoint')
        .then((response) => (response.ok ? response.text() : undefined))
        .catch(() => undefined);
      if (checkpoint !== undefined) checkpoints.push(checkpoint);
      await delay(50);
    }
  }
}
