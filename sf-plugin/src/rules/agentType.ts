import type { Agent } from '../graph/agent.ts';

/** Types of agents that run as one user of their own and talk to whoever comes, by their names in scripts and in bots. */
const customerTypes: ReadonlySet<string> = new Set(['AgentforceServiceAgent', 'EinsteinServiceAgent', 'EinsteinSDR']);

/**
 * Whether an agent talks to people outside of the company, all of whom it serves as one user: as its type says or, where
 * it has none, because a user is named that it runs as.
 */
export function servesCustomers({ agentType, runsAs }: Agent): boolean {
  return agentType === undefined ? runsAs !== undefined : customerTypes.has(agentType);
}
