import type { Generation } from '@agent-readiness/protocol';
import type { PlannerFacts } from '../../extract/agents/planner.ts';

/** The planner that runs agents compiled from Agent Script. */
const compiledPlannerType = 'Atlas__ConcurrentMultiAgentOrchestration';

export function isCompiledPlanner({ plannerType, agentGraph }: PlannerFacts): boolean {
  return plannerType === compiledPlannerType || agentGraph !== undefined;
}

/** One file type, three generations: told apart by what the bundle holds. */
export function generationOfBundle(planner: PlannerFacts, isCompiled: boolean): Generation {
  if (isCompiled) return 'planner-bundle-compiled';
  const { topics, topicLinks, actions, actionLinks } = planner;
  const isLocal = [topics, topicLinks, actions, actionLinks].some((list) => list.length > 0);
  return isLocal ? 'planner-bundle-local' : 'planner-bundle-global';
}
