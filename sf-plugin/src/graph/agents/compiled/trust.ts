import { chosenBySchema, type ChosenBy, type Gate } from '@agent-readiness/protocol';
import type { AgentGraphFacts } from '../../../extract/agents/graph/agentGraph.ts';
import type { Json } from '../../../extract/json/json.ts';
import type { Constant } from '../../agent.ts';
import { groupBy } from '../groupBy.ts';
import { literalOf, sourcesOf, stateVariable, type Sources } from './expression.ts';
import type { Step } from './steps.ts';

/** Who chooses the values in a compiled agent, and which of its conditions the model can open itself. */
export interface Trust {
  chosenBy(value: Json): ChosenBy;
  /** The value, where nothing that happens in the conversation can change it. */
  constantOf(value: Json): Constant | undefined;
  gateOf(condition: Sources | undefined): Gate;
}

/**
 * Follows the values the model supplies through the variables: one is the model's to set when the
 * model decides whether it is assigned, when it is assigned from the result of a call or from such
 * a variable, or when a condition over such a variable decides whether it is assigned.
 */
export function readTrust(graph: AgentGraphFacts, steps: readonly Step[]): Trust {
  const declared = new Map(graph.stateVariables.map((variable) => [variable.name, variable]));
  const written = new Set(steps.flatMap(({ writes }) => writes.map(({ variable }) => variable)));
  const isUnknown = (name: string): boolean => !declared.has(name) && !written.has(name);
  const settable = modelSettable(graph, steps, isUnknown);
  const isModels = (name: string): boolean => settable.has(name) || isUnknown(name);
  const worst = ({ state, linked, model }: Sources): ChosenBy => {
    if (model || state.some(isModels)) return 'model';
    const kinds: ChosenBy[] = [
      ...(state.length > 0 ? ['derived' as const] : []),
      ...(linked ? ['linked' as const] : []),
    ];
    return chosenBySchema.options.findLast((kind) => kinds.includes(kind)) ?? 'constant';
  };
  const constantOf = (value: Json): Constant | undefined => {
    const name = stateVariable(value);
    if (name === undefined) return literalOf(value);
    const variable = written.has(name) ? undefined : declared.get(name);
    return variable && !variable.isExternal ? literalOf(variable.initial) : undefined;
  };
  return {
    chosenBy: (value) => {
      if (constantOf(value) !== undefined) return 'constant';
      const chosenBy = worst(sourcesOf(value));
      // Computed from constants, but not to a value that is known here.
      return chosenBy === 'constant' ? 'derived' : chosenBy;
    },
    constantOf,
    gateOf: (condition) => {
      const chosenBy = condition ? worst(condition) : 'constant';
      // A condition over nothing that can change is none.
      return chosenBy === 'constant' ? 'none' : chosenBy === 'model' ? 'self-grantable' : 'guarded';
    },
  };
}

function modelSettable(
  graph: AgentGraphFacts,
  steps: readonly Step[],
  isUnknown: (name: string) => boolean,
): ReadonlySet<string> {
  const settable = new Set(graph.nodes.flatMap(({ merged }) => merged));
  const edges = steps.flatMap(({ byModel, enabled, writes }) =>
    writes.flatMap(({ variable, sources }) => {
      const from = [...sources.state, ...(enabled?.state ?? [])];
      if (byModel || sources.model || enabled?.model || from.some(isUnknown)) settable.add(variable);
      return from.map((name) => ({ from: name, to: variable }));
    }),
  );
  const flow = groupBy(edges, ({ from }) => from);
  // A set iterates over what is added while it is iterated: it is the queue of the search.
  for (const from of settable) for (const { to } of flow.get(from) ?? []) settable.add(to);
  return settable;
}
