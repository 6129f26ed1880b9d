import { budgetLimits } from '../../domain/budget/budgetLimits.ts';
import type { BudgetUse } from '../../ports/budget.ts';
import type { HandoffState } from '../../ports/handoffs.ts';
import type { Bridge } from '../bridge.ts';

/** What is so at this moment, over all replicas. */
export interface Gauges {
  readonly handoffs: Readonly<Record<HandoffState, number>>;
  /** Ceilings of today and of this month; one that nobody has drawn on yet is whole. `name` has no date. */
  readonly budgets: readonly BudgetUse[];
  readonly killOrders: number;
  readonly logSize: number;
}

/** The agents are those of the manifest: no other one is let in. */
export function readGauges({ store, policy, manifest, tasks, clock }: Bridge): Promise<Gauges> {
  const agents = [...new Set(manifest.actions.map(({ agent }) => agent))].sort();
  const limits = new Map(
    [...agents.map((agent) => [agent, ''] as const), ...[...tasks.keys()].sort().map((task) => ['', task] as const)]
      .flatMap(([agent, task]) => budgetLimits(policy.budgets, agent, task, clock.nowMs()))
      .filter(({ name }) => !/^(agent|task)::/.test(name))
      .map((limit) => [limit.name, limit]),
  );
  return store.transaction(async ({ handoffs, budget, killSwitch, audit }) => {
    const used = new Map((await budget.use([...limits.keys()])).map((use) => [use.name, use]));
    return {
      handoffs: await handoffs.count(),
      budgets: [...limits.values()].map((limit) => ({
        ...limit,
        name: periodless(limit.name),
        spentUsdMicros: used.get(limit.name)?.spentUsdMicros ?? 0,
        reservedUsdMicros: used.get(limit.name)?.reservedUsdMicros ?? 0,
      })),
      killOrders: (await killSwitch.orders()).length,
      logSize: (await audit.head()).size,
    };
  });
}

/** A day in a label would make a new series each day. */
function periodless(name: string): string {
  return name.replace(/:\d{4}-\d\d-\d\d$/, ':day').replace(/:\d{4}-\d\d$/, ':month');
}
