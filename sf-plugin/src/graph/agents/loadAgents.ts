import type { SourceIndex } from '../../extract/project/sourceIndex.ts';
import type { SourceReader } from '../../extract/project/sourceReader.ts';
import type { Agent, AgentProblem } from '../agent.ts';
import { AgentFiles, type UnreadableFile } from './agentFiles.ts';
import { assemble, type BuiltAgent } from './assemble.ts';
import { botAgents } from './botAgents.ts';
import { choose } from './candidates.ts';
import { definitionAgents } from './definitionAgents.ts';
import { plannerAgents } from './plannerAgents.ts';
import { reconcileWithScripts } from './reconcileWithScripts.ts';
import { scriptAgents } from './scriptAgents.ts';

export interface LoadAgentsOptions {
  /** All versions of each agent, not only the one that is live as far as metadata tells. */
  readonly allVersions: boolean;
}

export interface LoadedAgents {
  /** Sorted by name; of one agent the scripts first, then what was published, each from the newest down. */
  readonly agents: readonly Agent[];
  readonly problems: readonly AgentProblem[];
  /** Files that could not be read: what they say is missing from the agents. */
  readonly failed: readonly UnreadableFile[];
  /** Paths, sorted. */
  readonly filesParsed: readonly string[];
}

/**
 * Every agent of a project, whatever the generation of its metadata.
 *
 * The string replacements of `sfdx-project.json` are not applied.
 */
export function loadAgents(index: SourceIndex, reader: SourceReader, options: LoadAgentsOptions): LoadedAgents {
  const files = new AgentFiles(index, reader);
  const scripted = scriptAgents(options.allVersions, files);
  const published = publishedAgents(options.allVersions, files);
  const built = reconcileWithScripts(published, scripted, options.allVersions).sort((a, b) =>
    compareText(a.agent.name, b.agent.name),
  );
  return {
    agents: built.map(({ agent }) => agent),
    problems: built.flatMap(({ problems }) => problems),
    failed: files.failed,
    filesParsed: files.parsed,
  };
}

/** Agents as an org returns them. */
function publishedAgents(allVersions: boolean, files: AgentFiles): BuiltAgent[] {
  const definitions = definitionAgents(files);
  const bots = botAgents(files);
  const claimed = new Set([...definitions, ...bots].flatMap(({ planners }) => [...planners]));
  // A project that was retrieved again from a newer org keeps the bot that the definition replaced.
  const defined = new Set(definitions.map(({ name }) => name.toLowerCase()));
  const current = allVersions ? bots : bots.filter(({ name }) => !defined.has(name.toLowerCase()));
  return [...definitions, ...current, ...plannerAgents(claimed, files)]
    .flatMap(({ candidates }) => choose(candidates, allVersions))
    .map(({ parts }) => assemble(parts(), files));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
