import { createFindings, type Findings } from '../world/findings.ts';
import { judgeBridge, judgeLedger } from '../world/judge.ts';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage } from '../world/stage.ts';
import { delay, forEach } from '../world/until.ts';

/** Longer than a lease lasts: whoever comes back after it has been taken for dead. */
const pauseMs = 13_000;

/** Two replicas on one PostgreSQL; again and again one is killed, or sleeps past its lease and goes on. */
export async function replicas(seeded: Seeded, count: number): Promise<Findings> {
  const findings = createFindings();
  const stage = await startStage({ store: 'postgres' });
  const { desk, bill } = playOutside(stage, findings, seeded);
  const checkpoints: string[] = [];
  const live: BridgeProcess[] = [];
  try {
    live.push(await stage.start(), await stage.start());
    const over = new AbortController();
    const talking = talk(over.signal);
    for (let attack = 0; attack < count; attack += 1) {
      for (let fresh = 0; fresh < 8; fresh += 1)
        desk.handOver({ task: seeded.below(4) === 0 ? 'case-summary' : 'refund-review' });
      await delay(400 + seeded.below(2_000));
      const at = seeded.below(2);
      const victim = live[at];
      if (victim === undefined) throw new Error('no replica');
      if (seeded.below(2) === 0) {
        await victim.kill();
        live[at] = await stage.start();
        findings.count('killed');
      } else {
        victim.child.kill('SIGSTOP');
        await delay(pauseMs);
        victim.child.kill('SIGCONT');
        findings.count('slept past its lease');
      }
    }
    over.abort();
    await talking;
    findings.require(
      await desk.finish(() => seeded.pick(live), 180_000),
      'all ends within three minutes of the last attack',
    );
    const [first] = live;
    if (first === undefined) throw new Error('no replica');
    const all = { stage, desk, bill, findings, checkpoints };
    await judgeBridge(all, first);
    for (const [at, bridge] of live.entries()) {
      const metrics = await (await ask(bridge, '/metrics')).text();
      const runs = [...metrics.matchAll(/^bridge_runs_total\{[^}]*\} (\d+)$/gm)].reduce(
        (sum, [, each]) => sum + Number(each),
        0,
      );
      findings.figures[`runs of replica ${at + 1} since it was last started`] = runs;
    }
    for (const bridge of live) await bridge.stop();
    await judgeLedger(all);
    findings.figures['handoffs'] = desk.custodies.length;
    return findings;
  } finally {
    await stage.stop();
  }

  async function talk(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      // A replica that sleeps answers nobody: what is asked of it waits, and the others do not.
      await Promise.race([
        delay(5_000),
        forEach(desk.open.slice(-16), 8, (custody) => desk.step(custody, seeded.pick(live))),
      ]);
      const checkpoint = await ask(seeded.pick(live), '/v1/audit/checkpoint', 2_000)
        .then((response) => (response.ok ? response.text() : undefined))
        .catch(() => undefined);
      if (checkpoint !== undefined) checkpoints.push(checkpoint);
      await delay(100);
    }
  }
}
