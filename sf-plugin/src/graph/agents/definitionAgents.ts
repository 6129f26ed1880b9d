import {
  parseAgentDefinitionVersion,
  type AgentDefinitionVersionFacts,
} from '../../extract/agents/agentDefinitionVersion.ts';
import { parseAgentDefinition, type BotFacts } from '../../extract/agents/bot.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import { folderOf, lastSegment, type AgentFiles } from './agentFiles.ts';
import type { AgentParts } from './assemble.ts';
import type { AgentCandidates, Candidate } from './candidates.ts';
import { groupBy } from './groupBy.ts';
import { plannersOfVersion, readPlanners, withCompanions } from './planners.ts';
import { notUnderstood } from './problems.ts';
import { versionedName } from './version.ts';

/** Agents as API 68 and later describe them; a version whose definition is not in source is an agent as well. */
export function definitionAgents(files: AgentFiles): AgentCandidates[] {
  const all = [...files.index.all('agentDefinition'), ...files.index.all('agentDefinitionVersion')];
  const byOwner = groupBy(all, (file) => ownerOf(file, files).toLowerCase());
  return [...byOwner.values()].map((group) => readDefinitionAgent(ownerOf(group[0], files), group, files));
}

/**
 * The folder layout of the type is not documented: `Agent#2`, `Agent_v2` and `Agent.v2` are understood
 * as file name, and as name of the folder around a file that is called after the version alone.
 */
function ownerOf({ name, path }: SourceFile, files: AgentFiles): string {
  const definition = files.find('agentDefinition', name);
  if (definition) return definition.name;
  const { base } = versionedName(name);
  const folder = lastSegment(folderOf(path));
  return base !== '' ? base : versionedName(folder).base || folder;
}

function readDefinitionAgent(
  name: string,
  group: readonly [SourceFile, ...SourceFile[]],
  files: AgentFiles,
): AgentCandidates {
  const definition = group.find(({ kind }) => kind === 'agentDefinition');
  const identity = definition && files.read(definition.path, parseAgentDefinition);
  const read = group.flatMap((file) => {
    const isVersion = file.kind === 'agentDefinitionVersion';
    const facts = isVersion ? files.read(file.path, parseAgentDefinitionVersion) : undefined;
    return facts ? [{ file, facts }] : [];
  });
  const versions = read.map(({ file, facts }) => {
    const { version, number } = versionOf(file, facts);
    const isEmbedded = facts.planner !== undefined && facts.plannerName === undefined;
    const named = isEmbedded
      ? []
      : plannersOfVersion(name, number, facts.plannerName ? [facts.plannerName] : [], files);
    return { file, facts, version, number, planners: named };
  });
  const candidates = versions.map(({ file, facts, version, number, planners }): Candidate => {
    const parts = (): AgentParts => {
      const named = readPlanners(planners, files);
      return {
        name,
        version,
        generation: 'agent-definition',
        place: identity?.place ?? facts.place,
        identity,
        planners: [...(facts.planner ? [withCompanions(facts.planner, file, files)] : []), ...named.planners],
        invocations: facts.invocations,
        problems: [...facts.unknown.map(notUnderstood), ...named.problems],
      };
    };
    return { number, isActive: facts.isActive, parts };
  });
  return {
    name,
    candidates: candidates.length > 0 ? candidates : [withoutVersion(name, group[0], identity)],
    planners: new Set(versions.flatMap(({ planners }) => planners.map(({ value }) => value.toLowerCase()))),
  };
}

/** Without a version that can be read, the agent is still one of the project's agents. */
function withoutVersion(name: string, { path }: SourceFile, identity: BotFacts | undefined): Candidate {
  const place = identity?.place ?? { file: path, line: 1, column: 1 };
  const parts = (): AgentParts => ({
    name,
    version: '',
    generation: 'agent-definition',
    place,
    identity,
    planners: [],
    invocations: [],
    problems: [{ value: 'the agent has no version in the project that can be read', place }],
  });
  return { number: 0, isActive: false, parts };
}

function versionOf(file: SourceFile, { version, fullName }: AgentDefinitionVersionFacts) {
  if (version !== undefined) return { version, number: Number(version) || 0 };
  const fromName = [file.name, fullName ?? '', lastSegment(folderOf(file.path))].map(versionedName);
  return fromName.find(({ number }) => number > 0) ?? { version: '', number: 0 };
}
