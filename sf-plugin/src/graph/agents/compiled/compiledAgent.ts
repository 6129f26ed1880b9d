import type { Hop, Place } from '@agent-readiness/protocol';
import type {
  AgentGraphFacts,
  GraphDefinition,
  GraphInput,
  GraphNode,
  GraphSkill,
} from '../../../extract/agents/graph/agentGraph.ts';
import type { GraphAssignment } from '../../../extract/agents/graph/graphCall.ts';
import type { Located } from '../../../extract/agents/located.ts';
import type { ActionBinding, ActionTarget, AgentAction, InputBinding } from '../../agent.ts';
import { strongestGate } from '../gate.ts';
import { groupBy } from '../groupBy.ts';
import type { Route } from '../weakestRoutes.ts';
import { splitUri } from '../script/actionTarget.ts';
import { Definitions } from './definitions.ts';
import { readConstants } from './constants.ts';
import { findRoutes, type Routes } from './routes.ts';
import { readSteps, type Step } from './steps.ts';
import { readGraphTrust, type GraphTrust } from './trust.ts';

export interface CompiledAgent {
  readonly actions: readonly AgentAction[];
  readonly problems: readonly Located[];
}

interface Lowering {
  readonly steps: readonly Step[];
  readonly routes: Routes;
  readonly trust: GraphTrust;
}

/**
 * The actions of a compiled agent: each definition of each node with the calls that can reach it,
 * and each other agent that the conversation can be given to.
 *
 * @param defined the actions that the elements beside the graph define; a published graph only names them
 */
export function lowerGraph(graph: AgentGraphFacts, origin: Hop, defined: readonly AgentAction[]): CompiledAgent {
  const constants = readConstants(graph);
  const steps = readSteps(graph, constants);
  const targets = new Definitions(defined);
  const trust = readGraphTrust(graph, steps, constants, (definition, topic) => {
    const target = targetOf(definition, definition.place);
    return (target.type === 'unknown' ? targets.find(topic, definition.name)?.target : undefined) ?? target;
  });
  const lowering: Lowering = { steps, routes: findRoutes(graph, steps, trust, origin), trust };
  const stepsOf = groupBy(steps, ({ node }) => node);
  const nodeNames = new Set(graph.nodes.map(({ name }) => name));
  const unknown = [...graph.unknown, ...graph.nodes.flatMap((node) => node.unknown)];
  return {
    actions: graph.nodes.flatMap((node) =>
      node.kind === 'related_agent'
        ? [connectedAgent(node, lowering)]
        : [
            ...node.definitions.map((definition) => toAction(node, definition, stepsOf.get(node) ?? [], lowering)),
            ...node.skills.map((skill) => toSkill(node, skill, lowering)),
          ],
    ),
    problems: [
      ...unknown.map(({ value, place }) => ({ value: `"${value}" of the compiled agent is not understood`, place })),
      ...steps.flatMap((step) => unresolved(step, nodeNames)),
    ],
  };
}

/** Targets that the platform itself provides: assignments, the way to a person, the end of the session. */
const isBuiltIn = (target: string): boolean => /^__\w+__$/.test(target);

function unresolved({ call, node }: Step, nodeNames: ReadonlySet<string>): Located[] {
  const isAction = node.definitions.some(({ name }) => name === call.target);
  if (isAction || nodeNames.has(call.target) || isBuiltIn(call.target)) return [];
  return [{ value: `the target ${call.target} of ${node.name} is not defined`, place: call.place }];
}

function toAction(
  node: GraphNode,
  definition: GraphDefinition,
  steps: readonly Step[],
  lowering: Lowering,
): AgentAction {
  const { name, label, source, place, requiresConfirmation } = definition;
  const calls = steps.filter(({ call }) => call.target === name);
  const aliases = [label, source, ...calls.map(({ call }) => call.name)].filter((alias) => alias !== undefined);
  return {
    name,
    aliases: [...new Set(aliases)].filter((alias) => alias !== name).sort(),
    topic: node.name,
    role: 'action',
    place,
    target: targetOf(definition, place),
    confirmation: requiresConfirmation ? 'declared-only' : 'none',
    bindings: calls.flatMap((step) => bind(step, definition, lowering)),
  };
}

/** A node that stands for another agent, wherever the conversation is given to it. */
function connectedAgent(node: GraphNode, lowering: Lowering): AgentAction {
  const { name, label, place, target, bound } = node;
  const calls = lowering.steps.filter(({ call }) => call.target === name);
  const bindings = calls.flatMap((step) => bind(step, { requiresConfirmation: false, inputs: [] }, lowering));
  const fixed = bindInputs(bound, [], [], lowering.trust);
  return {
    name,
    aliases: label === undefined || label === name ? [] : [label],
    topic: '',
    role: 'action',
    place,
    target: { type: 'agent', name: target.name?.value ?? name, place: target.name?.place ?? place },
    confirmation: 'none',
    bindings: bindings.map((binding) => ({ ...binding, inputs: [...fixed, ...binding.inputs] })),
  };
}

/** Published graphs leave the target out: it is `unknown` as far as the graph goes. */
export function targetOf({ target }: GraphDefinition, place: Place): ActionTarget {
  return {
    type: target.type?.value ?? 'unknown',
    name: target.name?.value ?? '',
    place: target.name?.place ?? place,
  };
}

function bind(
  step: Step,
  definition: Pick<GraphDefinition, 'requiresConfirmation' | 'inputs'>,
  { routes, trust }: Lowering,
): ActionBinding[] {
  const { call, list, node } = step;
  const route = routes.get(node);
  if (!route) return [];
  const isTool = list.phase === 'tools';
  const isDeclared = definition.requiresConfirmation && isTool;
  const label = isTool ? `offers ${call.name ?? call.target}` : `runs ${call.target} in ${list.phase}`;
  return [
    {
      place: call.place,
      invocation: isTool ? 'model' : 'deterministic',
      gate: strongestGate([route.gate, trust.gateOf(step.enabled), isDeclared ? 'declared-only' : 'none']),
      inputs: bindInputs(call.bound, call.byModel, definition.inputs, trust),
      path: [...route.hops, { ...call.place, label }],
    },
  ];
}

/** The inputs that are defined, in their order, then those that only the call knows. */
function bindInputs(
  bound: readonly GraphAssignment[],
  byModel: readonly Located[],
  inputs: readonly GraphInput[],
  trust: GraphTrust,
): InputBinding[] {
  const bindings = new Map<string, InputBinding>();
  for (const { name, place, constant } of inputs) {
    const fixed = constant === undefined ? {} : ({ chosenBy: 'constant', constant: constant.value } as const);
    bindings.set(name, { name, chosenBy: 'model', place, ...fixed });
  }
  for (const { value: name, place } of byModel) bindings.set(name, { name, chosenBy: 'model', place });
  for (const { name, value, place } of bound) {
    const constant = trust.constantOf(value);
    const chosen =
      constant === undefined ? { chosenBy: trust.chosenBy(value) } : ({ chosenBy: 'constant', constant } as const);
    bindings.set(name, { name, place, ...chosen });
  }
  return [...bindings.values()];
}

/** What a skill does is not in the project. */
function toSkill(node: GraphNode, { name, target }: GraphSkill, { routes }: Lowering): AgentAction {
  const { value, place } = target;
  const route = routes.get(node);
  const binding = ({ gate, hops }: Route): ActionBinding => ({
    place,
    invocation: 'model',
    gate,
    inputs: [],
    path: [...hops, { ...place, label: `offers skill ${name}` }],
  });
  return {
    name,
    aliases: [],
    topic: node.name,
    role: 'action',
    place,
    target: { type: 'skill', name: splitUri(value).path, place },
    confirmation: 'none',
    bindings: route ? [binding(route)] : [],
  };
}
