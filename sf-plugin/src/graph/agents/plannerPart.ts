import type { Hop, Place } from '@agent-readiness/protocol';
import type { AgentGraphFacts } from '../../extract/agents/graph/agentGraph.ts';
import type { Located } from '../../extract/agents/located.ts';
import type { PlannerFacts } from '../../extract/agents/planner.ts';
import { parseAgentScript } from '../../extract/agentScript/parseAgentScript.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import type { AgentAction, Drift } from '../agent.ts';
import type { AgentFiles } from './agentFiles.ts';
import { lowerGraph } from './compiled/compiledAgent.ts';
import { graphEntries } from './compiled/graphEntries.ts';
import { joinActions } from './compiled/joinActions.ts';
import { copyDrifts } from './copyDrifts.ts';
import { outboundRoute, type Entry } from './entries.ts';
import { lowerPlanner } from './plannerActions.ts';
import { responseFormats } from './responseFormats.ts';
import { scriptToAgent } from './script/scriptToAgent.ts';

/** A planner and what stands beside it in its bundle. */
export interface PlannerPart {
  readonly planner: PlannerFacts;
  /** Path of the file that holds it. */
  readonly file: string;
  /** Compiled from Agent Script: how actions are called is in the graph, what they invoke in the elements. */
  readonly isCompiled: boolean;
  readonly graph: AgentGraphFacts | undefined;
  /** The script that the bundle was compiled from. */
  readonly script: SourceFile | undefined;
}

export interface LoweredPlanner {
  readonly actions: readonly AgentAction[];
  readonly entries: readonly Entry[];
  readonly escalation: Place | undefined;
  readonly drifts: readonly Drift[];
  readonly problems: readonly Located[];
}

type LoweredGraph = Pick<LoweredPlanner, 'actions' | 'entries' | 'problems'> & { readonly escalation?: Place };

export function lowerPart(
  part: PlannerPart,
  contextVariables: readonly string[],
  origin: Hop,
  files: AgentFiles,
): LoweredPlanner {
  const { planner, file, isCompiled } = part;
  // The planner of compiled agents acts at once, whatever a definition declares.
  const confirmation = isCompiled ? 'declared-only' : 'confirmed';
  const elements = lowerPlanner({ planner, file, contextVariables, confirmation, origin }, files);
  const compiled = isCompiled ? lowerCompiled(part, origin, elements.actions, files) : undefined;
  const { actions, problems } = joinActions(compiled?.actions ?? [], elements.actions);
  return {
    actions,
    entries: [
      ...planner.outboundRoutes.map(outboundRoute),
      ...responseFormats(planner.surfaces, files),
      ...(compiled?.entries ?? []),
    ],
    escalation: elements.escalation ?? compiled?.escalation,
    drifts: copyDrifts(planner, files),
    problems: [...elements.problems, ...(compiled?.problems ?? []), ...problems],
  };
}

function lowerCompiled(
  { planner, graph, script }: PlannerPart,
  origin: Hop,
  defined: readonly AgentAction[],
  files: AgentFiles,
): LoweredGraph {
  if (graph) return { ...lowerGraph(graph, origin, defined), entries: graphEntries(graph) };
  const parsed = script && files.read(script.path, parseAgentScript);
  if (parsed && parsed.script.items.length > 0) {
    const { agent, problems } = scriptToAgent(parsed.script, { name: script.name });
    const notRead = [...parsed.problems, ...problems].map(({ reason, place }) => ({ value: reason, place }));
    const { actions, escalation } = agent;
    return { actions, entries: [], problems: notRead, ...(escalation && { escalation }) };
  }
  const reason = 'without the graph of the compiled agent, the conditions of its actions are not known';
  return { actions: [], entries: [], problems: [{ value: reason, place: planner.place }] };
}
