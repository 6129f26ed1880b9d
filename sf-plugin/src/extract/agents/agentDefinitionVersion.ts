import type { Place } from '@agent-readiness/protocol';
import { parseRoot } from '../metadata/metadataFile.ts';
import { child, textOf } from '../xml/xml.ts';
import { readInvocations, type DialogInvocation } from './botDialog.ts';
import { locatedText, type Located } from './located.ts';
import { readPlanner, type PlannerFacts } from './planner.ts';
import { unknownElements } from './unknownElements.ts';

/** One version of an agent from API 68 on. */
export interface AgentDefinitionVersionFacts {
  readonly place: Place;
  readonly fullName: string | undefined;
  readonly version: string | undefined;
  readonly isActive: boolean;
  /** A planner kept in the version itself … */
  readonly planner: PlannerFacts | undefined;
  /** … or the name of one kept elsewhere. */
  readonly plannerName: Located | undefined;
  readonly invocations: readonly DialogInvocation[];
  readonly unknown: readonly Located[];
}

const known = new Set([
  'aiAgentFieldLevelRecordAccesses',
  'botDialogs',
  'conversationVariables',
  'entryDialog',
  'genAiPlannerName',
  'isScriptCompatibleAgent',
  'knowledgeActionEnabled',
  'mainMenuDialog',
  'planner',
]);

/** @throws UnreadableError when the file is not a version of an agent definition */
export function parseAgentDefinitionVersion(file: string, text: string): AgentDefinitionVersionFacts {
  const root = parseRoot(file, text, 'AiAgentDefinitionVersion');
  const planner = child(root, 'planner');
  return {
    place: root.place,
    fullName: textOf(root, 'fullName'),
    version: textOf(root, 'version'),
    isActive: textOf(root, 'status') === 'Active',
    planner: planner && readPlanner(planner),
    plannerName: locatedText(root, 'genAiPlannerName'),
    invocations: readInvocations(root),
    unknown: unknownElements(root, known),
  };
}
