import type { Place } from '@agent-readiness/protocol';
import { parseRoot } from '../metadata/metadataFile.ts';
import { children, isTrue, textOf, type Element } from '../xml/xml.ts';
import { readAgentFunction, type AgentFunctionFacts } from './agentFunction.ts';
import { locatedTexts, type Located } from './located.ts';
import { readNames, type Names } from './names.ts';
import { unknownElements } from './unknownElements.ts';

/** A topic as `GenAiPlugin`, `localTopics` or `genAiCustomizedPlugin` defines it. */
export interface TopicFacts {
  readonly place: Place;
  readonly names: Names;
  /** Global functions by name. */
  readonly functions: readonly Located[];
  /** The actions below that are offered, by full name. */
  readonly actionLinks: readonly Located[];
  readonly actions: readonly AgentFunctionFacts[];
  /** It may hand the conversation to a person. */
  readonly canEscalate: boolean;
  /** What the model is told: scope and instructions, without the white space around them. */
  readonly guidance: readonly string[];
  readonly unknown: readonly Located[];
}

const known = new Set([
  'aiPluginUtterances',
  'canEscalate',
  'description',
  'developerName',
  'fullName',
  'genAiFunctions',
  'genAiPluginInstructions',
  'language',
  'localActionLinks',
  'localActions',
  'localDeveloperName',
  'masterLabel',
  'name',
  'pluginType',
  'scope',
  'source',
]);

/** @throws UnreadableError when the file is not a topic */
export function parseTopic(file: string, text: string): TopicFacts {
  return readTopic(parseRoot(file, text, 'GenAiPlugin'));
}

export function readTopic(element: Element): TopicFacts {
  return {
    place: element.place,
    names: readNames(element),
    functions: locatedTexts(element, 'genAiFunctions', 'functionName'),
    actionLinks: locatedTexts(element, 'localActionLinks', 'functionName'),
    actions: children(element, 'localActions').map(readAgentFunction),
    canEscalate: isTrue(element, 'canEscalate'),
    guidance: [
      textOf(element, 'scope') ?? '',
      ...children(element, 'genAiPluginInstructions').flatMap((each) => textOf(each, 'description') ?? []),
    ],
    unknown: unknownElements(element, known),
  };
}
