import type { ChosenBy, Gate } from '@agent-readiness/protocol';
import type { AgentGraphFacts, GraphDefinition } from '../../../extract/agents/graph/agentGraph.ts';
import type { Json } from '../../../extract/json/json.ts';
import type { ActionTarget, Constant } from '../../agent.ts';
import { open, shut, type Condition } from '../trust/condition.ts';
import { returnedBy } from '../trust/returned.ts';
import { isReturned, modelSources, noSources, unite, type Sources } from '../trust/sources.ts';
import { readTrust, type Assignment } from '../trust/trust.ts';
import { constantOf, type Constants } from './constants.ts';
import { sourcesOf } from './expression.ts';
import type { Step } from './steps.ts';

/** Who chooses the values in a compiled agent, and which of its conditions the model can open itself. */
export interface GraphTrust {
  chosenBy(value: Json): ChosenBy;
  /** The value, where nothing that happens in the conversation can change it. */
  constantOf(value: Json): Constant | undefined;
  gateOf(condition: Condition): Gate;
}

/** @param targetOf what a definition of a node invokes */
export function readGraphTrust(
  { nodes, stateVariables }: AgentGraphFacts,
  steps: readonly Step[],
  constants: Constants,
  targetOf: (definition: GraphDefinition, topic: string) => Pick<ActionTarget, 'type' | 'name'>,
): GraphTrust {
  const known = new Set([
    ...stateVariables.map(({ name }) => name),
    ...steps.flatMap(({ writes }) => writes.map(({ variable }) => variable)),
  ]);
  const trust = readTrust({
    assignments: [
      ...steps.flatMap(toAssignments),
      ...steps.map((step) => ({ to: step.call, from: returnedByCall(step, targetOf), decidedBy: shut })),
      ...nodes.flatMap(({ merged }) => merged.map((to) => ({ to, from: modelSources, decidedBy: open }))),
    ],
    conditions: steps.map(({ enabled }) => enabled),
    filledBy: (name) => (known.has(name) ? 'derived' : 'model'),
  });
  return {
    chosenBy: (value) =>
      constantOf(value, constants) === undefined ? trust.chosenBy(sourcesOf(value, undefined)) : 'constant',
    constantOf: (value) => constantOf(value, constants),
    gateOf: (condition) => trust.gateOf(condition),
  };
}

function toAssignments({ writes, byModel, influence }: Step): Assignment[] {
  return writes.map(({ variable: to, sources: from }) => {
    // Whether the call happens may be up to the model; what it returns is not.
    if (isReturned(from)) return { to, from, decidedBy: shut };
    return { to, from, decidedBy: byModel ? open : influence };
  });
}

function returnedByCall({ node, call }: Step, targetOf: Parameters<typeof readGraphTrust>[3]): Sources {
  const definition = node.definitions.find(({ name }) => name === call.target);
  const bound = new Set(call.bound.map(({ name }) => name));
  const isFilled = ({ name, constant }: GraphDefinition['inputs'][number]): boolean =>
    bound.has(name) || constant !== undefined;
  const hasOpenInput = call.byModel.length > 0 || !(definition?.inputs.every(isFilled) ?? true);
  return returnedBy(definition && targetOf(definition, node.name), [
    hasOpenInput ? modelSources : noSources,
    unite(call.bound.map(({ value }) => sourcesOf(value, undefined))),
  ]);
}
