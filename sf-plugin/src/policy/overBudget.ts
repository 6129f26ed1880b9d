import type { AttributeChange, Finding, Report } from '@agent-readiness/protocol';
import { effectName } from '../rules/effectRule.ts';
import type { Budget, Policy } from './config/policy.ts';
import { attributeChanges } from './diff/attributes.ts';
import { policyFinding } from './finding.ts';
import { allows, type Scope } from './scope.ts';
import { deed, differences } from './words.ts';

/** Every effect outside the budget of its action or, where the action has none, of its agent. */
export function overBudget({ agents }: Report, policy: Policy): Finding[] {
  return agents.flatMap((agent) =>
    agent.actions.flatMap((action): Finding[] => {
      const budget = budgetOf(policy, agent.name, action.name);
      if (!budget) return [];
      // Further ways to the same effect are no further thing to decide.
      const reported = new Set<string>();
      return action.effects.flatMap((effect) => {
        const name = effectName(effect);
        if (reported.has(name) || budget.allowed.some((scope) => allows(scope, effect))) return [];
        reported.add(name);
        const exceeds = excess(budget, effect);
        return [
          policyFinding('over-budget', {
            agent: agent.name,
            topic: action.topic,
            action: action.name,
            effect: name,
            exceeds,
            message: `${action.name} can ${deed(effect)}, which is not in its budget${differences(exceeds)}.`,
            fix: `Take the effect away, or have it added to the budget at ${budget.place.file}:${budget.place.line}.`,
            place: action.place,
            path: effect.path,
          }),
        ];
      });
    }),
  );
}

function budgetOf({ agents }: Policy, agentName: string, actionName: string): Budget | undefined {
  const agent = agents.find(({ name }) => name === agentName);
  return agent?.actions.find(({ name }) => name === actionName)?.budget ?? agent?.budget;
}

/** In what an effect is more than the entry that comes closest to it. */
function excess({ allowed }: Budget, effect: Scope): AttributeChange[] {
  const [closest] = allowed
    .filter(({ operation, object }) => operation === effect.operation && object === effect.object)
    .map((scope) => attributeChanges(scope, effect).filter(({ wider }) => wider))
    .sort((a, b) => a.length - b.length);
  return closest ?? [];
}
