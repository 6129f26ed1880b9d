import type { Generation, Hop, Place } from '@agent-readiness/protocol';
import type { BotFacts } from '../../extract/agents/bot.ts';
import type { DialogInvocation } from '../../extract/agents/botDialog.ts';
import type { Located } from '../../extract/agents/located.ts';
import type { Agent, AgentProblem } from '../agent.ts';
import type { AgentFiles } from './agentFiles.ts';
import { dialogStep, entryActions, outboundFlow, type Entry } from './entries.ts';
import { lowerPart, type LoweredPlanner, type PlannerPart } from './plannerPart.ts';
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
  /** What was not understood or not found; `value` says why. */
  readonly problems: readonly Located[];
}

export function assemble(parts: AgentParts, files: AgentFiles): BuiltAgent {
  const { name, version, generation, place, identity, planners } = parts;
  const origin: Hop = { ...place, label: `agent ${name}` };
  const contextVariables = identity?.contextVariables ?? [];
  const lowered = planners.map((part) => lowerPart(part, contextVariables, origin, files));
  const drifts = lowered.flatMap((each) => each.drifts);
  const entries = [
    ...(identity?.defaultOutboundFlow ? [outboundFlow(identity.defaultOutboundFlow)] : []),
    ...lowered.flatMap((each) => each.entries),
    ...parts.invocations.map(dialogStep),
  ];
  const problems = [
    ...(identity?.unknown ?? []).map(notUnderstood),
    ...parts.problems,
    ...withoutPlanner(parts),
    ...lowered.flatMap((each) => each.problems),
  ];
  return {
    agent: {
      name,
      generation,
      version,
      place,
      ...runsAs(parts),
      ...escalationOf(entries, lowered),
      ...conversationLog(identity),
      ...(drifts.length > 0 && { drifts }),
      actions: [...lowered.flatMap((each) => each.actions), ...entryActions(entries, origin)],
    },
    problems: problems.map(({ value, place: at }) => ({ agent: name, place: at, reason: value })),
  };
}

/** A bot of the older kind has dialogs and no planner; an agent without one is not all there. */
function withoutPlanner({ planners, problems, identity, generation, place }: AgentParts): Located[] {
  const isAgent = generation === 'agent-definition' || identity?.agentType !== undefined;
  if (!isAgent || planners.length > 0 || problems.length > 0) return [];
  return [{ value: 'no planner of the agent is in the project', place }];
}

function escalationOf(entries: readonly Entry[], planners: readonly LoweredPlanner[]): Pick<Agent, 'escalation'> {
  const handover = entries.find(({ takesOver }) => takesOver)?.target.place;
  const place = handover ?? planners.find(({ escalation }) => escalation !== undefined)?.escalation;
  return place ? { escalation: place } : {};
}

function conversationLog(identity: BotFacts | undefined): Pick<Agent, 'conversationLog'> {
  const { logsConversations } = identity ?? {};
  if (!logsConversations) return {};
  return {
    conversationLog: { isOn: logsConversations.value.toLowerCase() === 'true', place: logsConversations.place },
  };
}

/** An employee agent runs as whoever talks to it; the platform ignores the user there. */
function runsAs({ identity, planners }: AgentParts): Pick<Agent, 'runsAs' | 'agentType'> {
  const graphs = planners.flatMap(({ graph }) => graph ?? []);
  const agentType = identity?.agentType ?? graphs.find((graph) => graph.agentType !== undefined)?.agentType;
  const user = identity?.botUser ?? graphs.find((graph) => graph.agentUser !== undefined)?.agentUser;
  return {
    ...(user !== undefined && agentType !== 'AgentforceEmployeeAgent' && { runsAs: user }),
    ...(agentType !== undefined && { agentType }),
  };
}
