import type { Place } from '@agent-readiness/protocol';
import type { Located } from '../../extract/agents/located.ts';
import { stableName, withoutOrgId } from '../../extract/agents/names.ts';
import type { PlannerFacts, TopicRef } from '../../extract/agents/planner.ts';
import { parseTopic, type TopicFacts } from '../../extract/agents/topic.ts';
import { folderOf, type AgentFiles } from './agentFiles.ts';
import { localNames } from './offers.ts';
import { referenceNames, type ReferenceNames } from './reference.ts';

/** A topic that a planner defines or refers to. */
export interface OfferedTopic {
  readonly name: string;
  readonly references: ReferenceNames;
  /** `undefined` where it is not in source. */
  readonly definition: TopicFacts | undefined;
  /** It is in source and cannot be read. */
  readonly isUnreadable: boolean;
  readonly place: Place;
  /** Where the input schemas of its local actions are. */
  readonly folder: string;
  /** Where it is offered; `undefined` for a definition that nothing links. */
  readonly link: Place | undefined;
}

/**
 * The topics of a planner. A topic of the bundle wins over a global one of the same name: deploying
 * the global one alone changes nothing in the running agent.
 *
 * @param file path of the planner's main file
 */
export function findTopics(planner: PlannerFacts, file: string, files: AgentFiles): OfferedTopic[] {
  const links: TopicRef[] = planner.topicLinks.map((name) => ({ name, customized: undefined }));
  const references = [...links, ...planner.topicRefs];
  const taken = new Set<TopicRef>();
  const local = planner.topics.map((definition) => {
    const names = localNames(definition.names);
    const own = references.filter(
      (reference) => !reference.customized && names.has(reference.name.value.toLowerCase()),
    );
    for (const reference of own) taken.add(reference);
    return fromDefinition(definition, bundleFolder(definition, file), own[0]?.name);
  });
  const others = references.filter((reference) => !taken.has(reference));
  return [...local, ...others.map((reference) => fromReference(reference, file, files))];
}

function bundleFolder({ names }: TopicFacts, file: string): string {
  return `${folderOf(file)}/localActions/${names.fullName ?? names.developerName ?? ''}`;
}

function fromDefinition(definition: TopicFacts, folder: string, link: Located | undefined): OfferedTopic {
  const name = stableName(definition.names) ?? withoutOrgId(link?.value ?? 'unnamed');
  return {
    name,
    references: referenceNames(definition.names, name),
    definition,
    isUnreadable: false,
    place: definition.place,
    folder,
    link: link?.place,
  };
}

function fromReference(
  { name: { value, place }, customized }: TopicRef,
  file: string,
  files: AgentFiles,
): OfferedTopic {
  const source = files.definition('topic', value) ?? files.definition('topic', withoutOrgId(value));
  const global = customized ? undefined : source && files.read(source.path, parseTopic);
  const definition = customized ?? global;
  return {
    name: withoutOrgId(value),
    references: definition ? referenceNames(definition.names, value) : new Set([value.toLowerCase()]),
    definition,
    isUnreadable: !definition && source !== undefined,
    place: definition?.place ?? place,
    folder: `${folderOf(customized || !source ? file : source.path)}/localActions/${value}`,
    link: place,
  };
}
