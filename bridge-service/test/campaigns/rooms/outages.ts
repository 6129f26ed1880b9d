import { createFindings, type Findings } from '../world/findings.ts';
import { startBadLine, type BadLine } from '../world/badLine.ts';
import { judgeAndStop } from '../world/judge.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage, type Stage } from '../world/stage.ts';
import { delay, forEach, until } from '../world/until.ts';

type Outage = (stage: Stage, line: BadLine, seeded: Seeded) => Promise<void>;

const outages: Readonly<Record<string, Outage>> = {
  'the server dies and comes back': async ({ server }, _line, seeded) => {
    await server?.crash();
    await delay(500 + seeded.below(6_000));
    await server?.restart();
  },
  'every connection is cut': (_stage, line) => {
    line.cut();
    return Promise.resolve();
  },
  'each piece takes 300 ms': async (_stage, line) => {
    line.delayMs = 300;
    await delay(10_000);
    line.delayMs = 0;
  },
  'nothing passes for 20 s': async (_stage, line) => {
    line.isStalled = true;
    await delay(20_000);
    line.isStalled = false;
  },
};

/** The database goes away, comes back, is slow, is silent: in the middle of work, on PostgreSQL. */
export async function outagesOfStore(seeded: Seeded, count: number): Promise<Findings> {
  const findings = createFindings();
  const line = await startBadLine();
  const stage = await startStage({ store: 'postgres', databaseUrl: line.urlOf });
  const { desk, bill } = playOutside(stage, findings, seeded);
  const checkpoints: string[] = [];
  try {
    const bridge = await stage.start();
    for (let round = 0; round < count; round += 1) {
      for (const [name, happen] of Object.entries(outages)) {
        checkpoints.push(await (await ask(bridge, '/v1/audit/checkpoint')).text());
        for (let fresh = 0; fresh < 6; fresh += 1)
          desk.handOver({ task: fresh === 0 ? 'case-summary' : 'refund-review' });
        const over = new AbortController();
        const talking = talk(over.signal);
        await delay(seeded.below(1_500));
        await happen(stage, line, seeded);
        const begun = performance.now();
        const isBack = await until(() => isReady(bridge.url), { withinMs: 30_000 });
        findings.require(isBack, `ready within 30 s after ${name}`);
        over.abort();
        await talking;
        findings.require(await desk.finish(() => bridge, 120_000), `all ends within two minutes after ${name}`);
        findings.note(`seconds to the end after: ${name}`, Math.round((performance.now() - begun) / 1_000));
      }
    }

    async function talk(over: AbortSignal): Promise<void> {
      while (!over.aborted) {
        await forEach(desk.open, 6, (custody) => desk.step(custody, bridge));
        await delay(100);
      }
    }

    const all = { stage, desk, bill, findings, checkpoints };
    await judgeAndStop(all, bridge);
    return findings;
  } finally {
    await stage.stop();
    await line.close();
  }
}

function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/readyz`, { signal: AbortSignal.timeout(5_000) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
