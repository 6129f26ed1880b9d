import type { Place } from '@agent-readiness/protocol';
import { parseRoot } from '../metadata/metadataFile.ts';
import { children, textOf, type Element } from '../xml/xml.ts';
import { readInvocations, type DialogInvocation } from './botDialog.ts';
import { locatedText, locatedTexts, type Located } from './located.ts';
import { unknownElements } from './unknownElements.ts';

/** The identity of an agent: a `Bot`, or from API 68 on an `AiAgentDefinition`. */
export interface BotFacts {
  readonly place: Place;
  readonly label: string | undefined;
  readonly agentType: string | undefined;
  /** The user the agent runs as. */
  readonly botUser: string | undefined;
  readonly defaultOutboundFlow: Located | undefined;
  /** `true` or `false` as written: whether conversations are logged. */
  readonly logsConversations: Located | undefined;
  /** Names of the variables that the channel or the page fills, not the conversation. */
  readonly contextVariables: readonly string[];
  /** Versions kept inside the file, as the Metadata API returns them. */
  readonly versions: readonly BotVersionFacts[];
  readonly unknown: readonly Located[];
}

export interface BotVersionFacts {
  readonly place: Place;
  readonly fullName: string | undefined;
  /** Planners or planner bundles by name. */
  readonly planners: readonly Located[];
  readonly invocations: readonly DialogInvocation[];
  readonly unknown: readonly Located[];
}

/** Elements with a structure or a telling name that are known not to act. */
const knownOfBot = new Set([
  'agentDescription',
  'agentDSLEnabled',
  'agentTemplate',
  'agentType',
  'botMlDomain',
  'botVersions',
  'contextVariables',
  'conversationChannelProviders',
  'defaultOutboundFlow',
  'pageContextVariables',
]);

const knownOfVersion = new Set([
  'botDialogGroups',
  'botDialogs',
  'conversationDefinitionPlanners',
  'conversationGoals',
  'conversationSystemDialogs',
  'conversationVariables',
  'entryDialog',
  'isScriptCompatibleAgent',
  'knowledgeActionEnabled',
  'mainMenuDialog',
  'nlpProviders',
  'welcomeRecommendations',
]);

/** @throws UnreadableError when the file is not a bot */
export function parseBot(file: string, text: string): BotFacts {
  return readIdentity(parseRoot(file, text, 'Bot'));
}

/** @throws UnreadableError when the file is not an agent definition */
export function parseAgentDefinition(file: string, text: string): BotFacts {
  return readIdentity(parseRoot(file, text, 'AiAgentDefinition'));
}

/** @throws UnreadableError when the file is not a bot version */
export function parseBotVersion(file: string, text: string): BotVersionFacts {
  return readBotVersion(parseRoot(file, text, 'BotVersion'));
}

function readIdentity(root: Element): BotFacts {
  const variables = [...children(root, 'contextVariables'), ...children(root, 'pageContextVariables')];
  return {
    place: root.place,
    label: textOf(root, 'label'),
    agentType: textOf(root, 'agentType'),
    botUser: textOf(root, 'botUser'),
    defaultOutboundFlow: locatedText(root, 'defaultOutboundFlow'),
    logsConversations: locatedText(root, 'logPrivateConversationData'),
    contextVariables: variables.flatMap((variable) => textOf(variable, 'developerName') ?? []),
    versions: children(root, 'botVersions').map(readBotVersion),
    unknown: unknownElements(root, knownOfBot),
  };
}

function readBotVersion(element: Element): BotVersionFacts {
  return {
    place: element.place,
    fullName: textOf(element, 'fullName'),
    planners: locatedTexts(element, 'conversationDefinitionPlanners', 'genAiPlannerName'),
    invocations: readInvocations(element),
    unknown: unknownElements(element, knownOfVersion),
  };
}
