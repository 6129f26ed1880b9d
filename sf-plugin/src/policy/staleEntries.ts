import type { Finding, Report } from '@agent-readiness/protocol';
import type { Policy } from './config/policy.ts';
import { policyFinding } from './finding.ts';
import { didYouMean } from './nearest.ts';

/**
 * Agents and actions that the policy names and the project does not have: a budget with a typing error
 * would protect nothing.
 *
 * @param isWhole whether the report is about all agents of the project; of others nothing can be said
 */
export function staleEntries({ agents }: Report, policy: Policy, isWhole: boolean): Finding[] {
  const names = [...new Set(agents.map(({ name }) => name))];
  return policy.agents.flatMap(({ name, place, actions }): Finding[] => {
    const found = agents.filter((agent) => agent.name === name);
    if (found.length === 0) {
      if (!isWhole) return [];
      return [stale(name, undefined, place, `There is no agent "${name}"${didYouMean(name, names)}`)];
    }
    const known = [...new Set(found.flatMap((agent) => agent.actions.map((action) => action.name)))];
    return actions
      .filter((action) => !known.includes(action.name))
      .map((action) =>
        stale(
          name,
          action.name,
          action.place,
          `${name} has no action "${action.name}"${didYouMean(action.name, known)}`,
        ),
      );
  });
}

function stale(agent: string, action: string | undefined, place: Finding['place'], message: string): Finding {
  return policyFinding('stale-policy-entry', {
    agent,
    action,
    message,
    fix: 'Correct the name in the policy, or remove the entry.',
    place,
  });
}
