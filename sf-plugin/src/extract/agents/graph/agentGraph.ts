import type { Place } from '@agent-readiness/protocol';
import { parseJson, type Json, type JsonScalar } from '../../json/json.ts';
import { UnreadableError } from '../../unreadable.ts';
import type { Located } from '../located.ts';
import { field, items, textField, unknownStructures } from './fields.ts';
import { assignments, readCall, type GraphAssignment, type GraphCall } from './graphCall.ts';
import { readGraphText } from './graphText.ts';

/** An agent as the Agent Script compiler leaves it in `agentGraph/<Agent>_graph.json`. */
export interface AgentGraphFacts {
  readonly place: Place;
  readonly agentType: string | undefined;
  /** The user the agent runs as. */
  readonly agentUser: string | undefined;
  readonly outboundRouting: Located | undefined;
  /** Variables that the channel fills; expressions call them `variables.x`. */
  readonly contextVariables: readonly string[];
  /** Variables of the conversation; expressions call them `state.x`. */
  readonly stateVariables: readonly GraphVariable[];
  readonly initialNodes: readonly string[];
  readonly nodes: readonly GraphNode[];
  readonly surfaces: readonly GraphSurface[];
  readonly unknown: readonly Located[];
}

export interface GraphVariable {
  readonly name: string;
  /** The caller of the agent may set it. */
  readonly isExternal: boolean;
  /** Present where it is a single value; a text is an expression. */
  readonly initial: JsonScalar | undefined;
}

export interface GraphNode {
  /** `subagent`, `router`, `related_agent`, `byon`, or what a later version brings. */
  readonly kind: string;
  readonly name: string;
  readonly label: string | undefined;
  readonly place: Place;
  readonly definitions: readonly GraphDefinition[];
  readonly lists: readonly CallList[];
  readonly skills: readonly GraphSkill[];
  /** Of a node that stands for another agent. */
  readonly target: GraphTarget;
  readonly bound: readonly GraphAssignment[];
  /** Variables into which the results of calls that run side by side are folded. */
  readonly merged: readonly string[];
  readonly unknown: readonly Located[];
}

export interface GraphSkill {
  readonly name: string;
  readonly target: Located;
}

/** Calls that the node makes one after the other, or `tools` that the model may choose from. */
export interface CallList {
  /** Member name in camel case, e.g. `beforeReasoning`. */
  readonly phase: string;
  /** The tool whose call starts the list. */
  readonly tool: string | undefined;
  readonly calls: readonly GraphCall[];
}

export interface GraphTarget {
  readonly type: Located | undefined;
  readonly name: Located | undefined;
}

/** An action of a node, or a response format of a surface. */
export interface GraphDefinition {
  readonly name: string;
  readonly label: string | undefined;
  readonly source: string | undefined;
  readonly place: Place;
  readonly target: GraphTarget;
  readonly requiresConfirmation: boolean;
  readonly inputs: readonly GraphInput[];
}

export interface GraphInput {
  readonly name: string;
  readonly place: Place;
  readonly constant: JsonScalar | undefined;
}

export interface GraphSurface {
  readonly type: string;
  readonly place: Place;
  readonly routes: readonly Located[];
  readonly formats: readonly GraphDefinition[];
}

const phases = [
  'onInit',
  'beforeReasoning',
  'beforeReasoningIteration',
  'tools',
  'afterAllToolCalls',
  'afterReasoning',
  'afterResponse',
  'onExit',
];

const knownOfNode = new Set([
  ...phases,
  'actionDefinitions',
  'boundInputs',
  'byoClient',
  'inputParameters',
  'modelConfiguration',
  'policies',
  'postToolCall',
  'preToolCall',
  'skills',
  'toolStateMergeStrategy',
]);

/** @throws UnreadableError when the text is not a compiled agent */
export function parseAgentGraph(file: string, raw: string): AgentGraphFacts {
  const { text, placeAt } = readGraphText(file, raw);
  return readAgentGraph(parseJson(text, placeAt));
}

/**
 * The compiled agent of a bundle that keeps it in an element of its main file.
 *
 * @throws UnreadableError when the text is not a compiled agent
 */
export function parseInlineAgentGraph({ value, place }: Located): AgentGraphFacts {
  try {
    return readAgentGraph(parseJson(readGraphText(place.file, value).text, () => place));
  } catch (error) {
    throw error instanceof UnreadableError ? new UnreadableError(place, error.message) : error;
  }
}

function readAgentGraph(root: Json): AgentGraphFacts {
  const version = field(root, 'agentVersion');
  const versions = version?.kind === 'array' ? version.items : version ? [version] : [];
  if (versions.length === 0) throw new UnreadableError(root.place, 'a compiled agent has an agentVersion');
  const configuration = field(root, 'globalConfiguration');
  return {
    place: root.place,
    agentType: textField(configuration, 'agentType')?.value,
    agentUser: textField(configuration, 'defaultAgentUser')?.value,
    outboundRouting: textField(configuration, 'defaultOutboundRouting'),
    contextVariables: items(configuration, 'contextVariables').flatMap((each) => nameOf(each) ?? []),
    stateVariables: versions.flatMap((each) => items(each, 'stateVariables').flatMap(readVariable)),
    initialNodes: versions.flatMap((each) => textField(each, 'initialNode')?.value ?? []),
    nodes: versions.flatMap((each) => items(each, 'nodes').map(readNode)),
    surfaces: versions.flatMap((each) => items(each, 'surfaces').map(readSurface)),
    unknown: versions.flatMap((each) => unknownStructures(each, knownOfVersion)),
  };
}

const knownOfVersion = new Set([
  'additionalParameters',
  'context',
  'knowledgeDefinitions',
  'modalityParameters',
  'nodes',
  'recommendedPrompts',
  'stateVariables',
  'surfaces',
  'systemMessages',
]);

function nameOf(json: Json): string | undefined {
  return textField(json, 'developerName')?.value;
}

function readVariable(json: Json): GraphVariable[] {
  const name = nameOf(json);
  const initial = field(json, 'default');
  const isExternal = textField(json, 'visibility')?.value === 'External';
  return name === undefined ? [] : [{ name, isExternal, initial: initial?.kind === 'scalar' ? initial : undefined }];
}

function readNode(json: Json): GraphNode {
  return {
    kind: textField(json, 'type')?.value ?? 'subagent',
    name: nameOf(json) ?? 'unnamed',
    label: textField(json, 'label')?.value,
    place: json.place,
    definitions: items(json, 'actionDefinitions').map(readDefinition),
    lists: [
      ...phases.map((phase) => ({ phase, tool: undefined, calls: items(json, phase).map(readCall) })),
      ...['preToolCall', 'postToolCall'].flatMap((phase) =>
        items(json, phase).map((each) => ({
          phase,
          tool: textField(each, 'target')?.value,
          calls: items(each, 'actions').map(readCall),
        })),
      ),
    ],
    skills: items(json, 'skills').flatMap(readSkill),
    target: readTarget(json),
    bound: assignments(field(json, 'boundInputs')),
    merged: assignments(field(json, 'toolStateMergeStrategy')).map(({ name }) => name),
    unknown: unknownStructures(json, knownOfNode),
  };
}

function readSkill(json: Json): GraphSkill[] {
  const target = textField(json, 'target') ?? textField(json, 'name');
  return target ? [{ name: textField(json, 'name')?.value ?? target.value, target }] : [];
}

function readTarget(json: Json): GraphTarget {
  return { type: textField(json, 'invocationTargetType'), name: textField(json, 'invocationTargetName') };
}

function readDefinition(json: Json): GraphDefinition {
  const confirmation = field(json, 'requireUserConfirmation');
  return {
    name: nameOf(json) ?? 'unnamed',
    label: textField(json, 'label')?.value,
    source: textField(json, 'source')?.value,
    place: json.place,
    target: readTarget(json),
    requiresConfirmation: confirmation?.kind === 'scalar' && confirmation.value === true,
    inputs: items(json, 'inputType').flatMap(readInput),
  };
}

function readInput(json: Json): GraphInput[] {
  const name = nameOf(json);
  const constant = field(json, 'constantValue');
  const isGiven = constant?.kind === 'scalar' && constant.value !== null;
  return name === undefined ? [] : [{ name, place: json.place, constant: isGiven ? constant : undefined }];
}

function readSurface(json: Json): GraphSurface {
  return {
    type: textField(json, 'surfaceType')?.value ?? '',
    place: json.place,
    routes: items(json, 'outboundRouteConfigs').flatMap((route) => textField(route, 'outboundRouteName') ?? []),
    formats: items(json, 'responseFormats').map(readDefinition),
  };
}
