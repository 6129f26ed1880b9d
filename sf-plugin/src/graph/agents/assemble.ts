import type { Generation, Hop, Place } from '@agent-readiness/protocol';
import type { BotFacts } from '../../extract/agents/bot.ts';
import type { DialogInvocation } from '../../extract/agents/botDialog.ts';
import type { Located } from '../../extract/agents/located.ts';
import type { Agent, AgentProblem } from '../agent.ts';
import type { AgentFiles } from './agentFiles.ts';
import { dialogStep, entryActions, outboundFlow } from './entries.ts';
import { lowerPart, type PlannerPart } from './plannerPart.ts';
import { notUnderstood } from './problems.ts';

export interface BuiltAgent {
  readonly agent: Agent;
  readonly problems: readonly AgentProblem[];
}

/** What a version of an agent is put together from. */
export interface AgentParts {
  readonly name: string;
  readonly version: string;
  readonly generation: Generation;
  readonly place: Place;
  readonly identity: BotFacts | undefined;
  readonly planners: readonly PlannerPart[];
  readonly invocations: readonly DialogInvocation[];
  /** Elements that were not understood. */
  readonly unknown: readonly Located[];
  /** Planners that are named and not in source. */
  readonly missingPlanners: readonly Located[];
}

export function assemble(parts: AgentParts, files: AgentFiles): BuiltAgent {
  const { name, version, generation, place, identity, planners } = parts;
  const origin: Hop = { ...place, label: `agent ${name}` };
  const contextVariables = identity?.contextVariables ?? [];
  const lowered = planners.map((part) => lowerPart(part, contextVariables, origin, files));
  const entries = [
    ...(identity?.defaultOutboundFlow ? [outboundFlow(identity.defaultOutboundFlow)] : []),
    ...lowered.flatMap((each) => each.entries),
    ...parts.invocations.map(dialogStep),
  ];
  const problems = [
    ...[...(identity?.unknown ?? []), ...parts.unknown].map(notUnderstood),
    ...parts.missingPlanners.map(missing),
    ...lowered.flatMap((each) => each.problems),
  ];
  return {
    agent: {
      name,
      generation,
      version,
      place,
      ...runsAs(identity),
      ...(identity?.agentType !== undefined && { agentType: identity.agentType }),
      actions: [...lowered.flatMap((each) => each.actions), ...entryActions(entries, origin)],
    },
    problems: problems.map(({ value, place: at }) => ({ agent: name, place: at, reason: value })),
  };
}

/** An employee agent runs as whoever talks to it; the platform ignores the user there. */
function runsAs(identity: BotFacts | undefined): Pick<Agent, 'runsAs'> {
  if (identity?.botUser === undefined || identity.agentType === 'AgentforceEmployeeAgent') return {};
  return { runsAs: identity.botUser };
}

function missing({ value, place }: Located): Located {
  return { value: `the planner ${value} is not in the project`, place };
}
