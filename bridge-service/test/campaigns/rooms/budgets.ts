import { manifestSha256, type Manifest } from '@agent-readiness/protocol';
import { manifest as sample } from '../../support/offers.ts';
import type { BridgeProcess } from '../../process/bridgeProcess.ts';
import { createFindings, type Findings } from '../world/findings.ts';
import { judgeBridge, judgeLedger } from '../world/judge.ts';
import type { Custody } from '../world/orgDesk.ts';
import { forgetPeakMemory, peakMemoryMb } from '../world/memory.ts';
import { playOutside } from '../world/play.ts';
import type { Seeded } from '../world/seeded.ts';
import { ask, startStage, type StoreKind } from '../world/stage.ts';
import { delay, forEach } from '../world/until.ts';

/** Half of all offers are of the first agent, so that its own ceiling is met before that of all. */
const agents = ['Busy_Agent', 'Agent_B', 'Agent_C', 'Agent_D', 'Agent_E', 'Agent_F'];
const reviewed: Manifest = {
  ...sample,
  actions: agents.flatMap((agent) => sample.actions.map((action) => ({ ...action, agent }))),
};
const maxMemoryMb = 1_500;

/** Which ceiling over all is the lower one; those of agents and tasks are met on the way to it. */
const rounds = [
  { agentPerDayUsd: 0.6, taskPerDayUsd: 1, perDayUsd: 1.4, perMonthUsd: 5 },
  { agentPerDayUsd: 0.6, taskPerDayUsd: 1, perDayUsd: 5, perMonthUsd: 1.4 },
];

/** Everybody at once, and far more than may be spent: by run, agent, task, day and month. */
export async function budgets(seeded: Seeded, count: number, store: StoreKind): Promise<Findings> {
  const findings = createFindings();
  for (const [round, ceilings] of rounds.entries()) {
    await playRound(findings, seeded.branch(`round ${round}`), Math.ceil(count / rounds.length), store, ceilings);
  }
  for (const ceiling of ['agent', 'task', 'day', 'month', 'run']) {
    findings.require(
      Number(findings.figures[`met the ceiling of the ${ceiling}`] ?? 0) > 0,
      `the ceiling of the ${ceiling} was met`,
    );
  }
  return findings;
}

async function playRound(
  findings: Findings,
  seeded: Seeded,
  count: number,
  store: StoreKind,
  ceilings: (typeof rounds)[number],
): Promise<void> {
  const stage = await startStage({ store, manifest: reviewed, budgets: ceilings, logIn: false });
  const { desk, bill } = playOutside(stage, findings, seeded);
  try {
    const bridge = await stage.start();
    forgetPeakMemory(bridge);
    const manifest = manifestSha256(reviewed);
    const all = Array.from({ length: count }, () => {
      const agent = seeded.below(2) === 0 ? 'Busy_Agent' : seeded.pick(agents);
      const isTight = seeded.below(10) === 0;
      return desk.handOver({
        // Without a log-in a plan ends where its records would be read, after the question was paid.
        task: seeded.below(3) === 0 ? 'refund-review' : 'case-summary',
        claims: { act: { sub: agent, version: 'v1' }, manifest },
        ...(isTight ? { maxCostUsdMicros: 50 } : {}),
      });
    });
    const over = new AbortController();
    const watching = watchBudgets(bridge, findings, over.signal);
    const begun = performance.now();
    await forEach(all, count, (custody) => untilAnswered(custody, bridge));
    findings.count('seconds', Math.round((performance.now() - begun) / 1_000));
    over.abort();
    await watching;
    for (const { final } of all) findings.count(`met the ceiling of the ${ceilingOf(final)}`);
    const found = { stage, desk, bill, findings, checkpoints: [] };
    await judgeBridge(found, bridge);
    const peak = peakMemoryMb(bridge);
    findings.figures['peak memory MB'] = Math.max(peak, Number(findings.figures['peak memory MB'] ?? 0));
    findings.require(peak < maxMemoryMb, `memory stays below ${maxMemoryMb} MB: ${peak}`);
    await bridge.stop();
    await judgeLedger(found);
    findings.count('handoffs', count);
  } finally {
    await stage.stop();
  }

  /** Turned away, an org tries again in a moment. */
  async function untilAnswered(custody: Custody, bridge: BridgeProcess): Promise<void> {
    for (;;) {
      await desk.step(custody, bridge, '');
      if (custody.final !== undefined) return;
      await delay(500 + seeded.below(3_000));
    }
  }
}

function ceilingOf(final: Custody['final']): string {
  if (final?.kind === 'result') return final.claims.disposition === 'blocked' ? 'run' : 'none';
  const name = final?.kind === 'refuse' && final.claims.reason === 'budget' ? final.claims.detail : '';
  if (name.startsWith('agent:')) return 'agent';
  if (name.startsWith('task:')) return 'task';
  return /-\d\d-\d\d$/.test(name) ? 'day' : 'month';
}

/** At no moment is more spent and reserved than there is. */
async function watchBudgets(bridge: BridgeProcess, findings: Findings, over: AbortSignal): Promise<void> {
  while (!over.aborted) {
    const text = await ask(bridge, '/metrics').then(
      (response) => response.text(),
      () => '',
    );
    const remaining = [...text.matchAll(/^bridge_budget_remaining_usd\{budget="([^"]+)"\} (\S+)$/gm)];
    for (const [, name = '', value = ''] of remaining) {
      findings.require(Number(value) >= 0, `at no moment is a budget exceeded: ${name} ${value}`);
    }
    findings.count('looks at the budgets', remaining.length === 0 ? 0 : 1);
    await delay(200);
  }
}
