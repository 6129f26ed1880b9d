import { read } from './projectFiles.ts';
import { byTopicAndName, type SampleAction } from './sampleAgent.ts';

interface Tool {
  readonly target: string;
  readonly boundInputs?: Readonly<Record<string, string>>;
  readonly stateUpdates: readonly Readonly<Record<string, string>>[];
  readonly enabled?: string;
}

interface ActionDefinition {
  readonly developerName: string;
  readonly requireUserConfirmation: boolean;
  readonly invocationTargetType: string;
  readonly invocationTargetName: string;
  readonly inputType: readonly { readonly developerName: string }[];
  readonly outputType: readonly { readonly developerName: string }[];
}

/** The part of the compiled agent JSON that the sample uses. */
interface Graph {
  readonly agentVersion: {
    readonly nodes: readonly {
      readonly developerName: string;
      readonly tools: readonly Tool[];
      readonly actionDefinitions: readonly ActionDefinition[];
    }[];
  };
}

/** The actions of a compiled agent graph, which the bundle keeps as base64. */
export function actionsOfGraph(file: string): readonly SampleAction[] {
  const json = Buffer.from(read(file), 'base64').toString('utf8');
  const { agentVersion } = JSON.parse(json) as Graph;
  return agentVersion.nodes
    .flatMap(({ developerName, tools, actionDefinitions }) =>
      actionDefinitions.map((definition) => toAction(developerName, definition, tools)),
    )
    .sort(byTopicAndName);
}

function toAction(topic: string, definition: ActionDefinition, tools: readonly Tool[]): SampleAction {
  const tool = tools.find(({ target }) => target === definition.developerName);
  if (!tool) throw new Error(`${definition.developerName} is not offered`);
  const updates = tool.stateUpdates.flatMap((update) => Object.entries(update));
  return {
    topic,
    name: definition.developerName,
    target: `${definition.invocationTargetType}://${definition.invocationTargetName}`,
    isConfirmationRequired: definition.requireUserConfirmation,
    inputs: definition.inputType.map(({ developerName }) => developerName),
    outputs: definition.outputType.map(({ developerName }) => developerName),
    bound: Object.fromEntries(
      Object.entries(tool.boundInputs ?? {}).map(([input, value]) => [input, withoutScope(value)]),
    ),
    stored: Object.fromEntries(updates.map(([variable, value]) => [value.replace('result.', ''), variable])),
    guard: tool.enabled && withoutScope(tool.enabled),
  };
}

/** `state.x` and `variables.x` are the mutable and the linked variable `x`; a constant stands in quotes. */
function withoutScope(expression: string): string {
  return expression.replace(/^"(.*)"$/, '$1').replaceAll(/\b(state|variables)\./g, '');
}
