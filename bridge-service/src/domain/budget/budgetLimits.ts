/** Ceilings in millionths of a US dollar, each per agent, per task or over all. */
export interface BudgetPolicy {
  readonly agentPerDay: number;
  readonly taskPerDay: number;
  readonly perDay: number;
  readonly perMonth: number;
}

/**
 * The ceilings that a run of this agent and task counts under at `nowMs`, in UTC. A run that begins
 * before midnight counts under the day on which it began.
 */
export function budgetLimits(
  policy: BudgetPolicy,
  agent: string,
  task: string,
  nowMs: number,
): readonly { readonly name: string; readonly limitUsdMicros: number }[] {
  const day = new Date(nowMs).toISOString().slice(0, 10);
  return [
    { name: `agent:${agent}:${day}`, limitUsdMicros: policy.agentPerDay },
    { name: `task:${task}:${day}`, limitUsdMicros: policy.taskPerDay },
    { name: `all:${day}`, limitUsdMicros: policy.perDay },
    { name: `all:${day.slice(0, 7)}`, limitUsdMicros: policy.perMonth },
  ];
}
