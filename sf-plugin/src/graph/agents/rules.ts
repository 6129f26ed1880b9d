import type { Gate } from '@agent-readiness/protocol';
import type { Located } from '../../extract/agents/located.ts';
import type { PlannerFacts, RuleAssignment } from '../../extract/agents/planner.ts';
import { weakestGate } from './gate.ts';
import type { PlannerTrust } from './plannerTrust.ts';
import { pointsAt, type ReferenceNames } from './reference.ts';

/** The conditions under which a planner offers its topics and actions. */
export interface Rules {
  onTopic(topic: ReferenceNames): Gate;
  onAction(topic: ReferenceNames | undefined, action: ReferenceNames): Gate;
  /** Assignments that cannot be followed. */
  readonly problems: readonly Located[];
}

export function readRules(planner: PlannerFacts, trust: PlannerTrust): Rules {
  const rules = new Map(planner.rules.map((rule) => [rule.name.toLowerCase(), rule]));
  // Whether several rules on one target must all hold is not documented: the weakest counts.
  const gateOf = (assignments: readonly RuleAssignment[]): Gate =>
    weakestGate(
      assignments.map(({ rule }) => {
        const expression = rules.get(rule.toLowerCase());
        return expression ? trust.gateOf(expression) : 'none';
      }),
    );
  const on = (...types: readonly string[]) =>
    planner.ruleAssignments.filter(({ targetType }) => targetType !== undefined && types.includes(targetType));
  const topics = on('Plugin');
  const actions = on('PluginFunction', 'Function');
  return {
    onTopic: (topic) => gateOf(topics.filter(({ target }) => topic.has(target.toLowerCase()))),
    onAction: (topic, action) => gateOf(actions.filter(({ target }) => pointsAt(target, topic, action))),
    problems: planner.ruleAssignments
      .filter(({ rule }) => !rules.has(rule.toLowerCase()))
      .map(({ rule, place }) => ({ value: `the rule ${rule} is not defined`, place })),
  };
}
