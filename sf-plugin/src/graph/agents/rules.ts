import type { Gate } from '@agent-readiness/protocol';
import type { Located } from '../../extract/agents/located.ts';
import type { PlannerFacts, RuleAssignment, RuleExpression } from '../../extract/agents/planner.ts';
import { pointsAt, type ReferenceNames } from './reference.ts';
import type { Variables } from './variables.ts';

/** The conditions under which a planner offers its topics and actions. */
export interface Rules {
  onTopic(topic: ReferenceNames): Gate[];
  onAction(topic: ReferenceNames | undefined, action: ReferenceNames): Gate[];
  /** Assignments that cannot be followed. */
  readonly problems: readonly Located[];
}

/**
 * A rule is a real guard only if no variable in it can be set by the model: with `or` between its
 * conditions one such variable is enough to open it.
 */
export function readRules(planner: PlannerFacts, variables: Variables): Rules {
  const rules = new Map(planner.rules.map((rule) => [rule.name.toLowerCase(), rule]));
  const gatesOf = (assignments: readonly RuleAssignment[]): Gate[] =>
    assignments.flatMap(({ rule }) => {
      const expression = rules.get(rule.toLowerCase());
      return expression ? gateOf(expression, variables) : [];
    });
  const on = (...types: readonly string[]) =>
    planner.ruleAssignments.filter(({ targetType }) => targetType !== undefined && types.includes(targetType));
  const topics = on('Plugin');
  const actions = on('PluginFunction', 'Function');
  return {
    onTopic: (topic) => gatesOf(topics.filter(({ target }) => topic.has(target.toLowerCase()))),
    onAction: (topic, action) => gatesOf(actions.filter(({ target }) => pointsAt(target, topic, action))),
    problems: planner.ruleAssignments
      .filter(({ rule }) => !rules.has(rule.toLowerCase()))
      .map(({ rule, place }) => ({ value: `the rule ${rule} is not defined`, place })),
  };
}

function gateOf(rule: RuleExpression, variables: Variables): Gate[] {
  if (rule.operands.length === 0) return [];
  return [rule.operands.some(variables.isModelSettable) ? 'self-grantable' : 'guarded'];
}
