import type { SourceIndex } from '../../extract/project/sourceIndex.ts';
import type { SourceReader } from '../../extract/project/sourceReader.ts';
import type { Agent, AgentProblem } from '../agent.ts';
import { AgentFiles, type UnreadableFile } from './agentFiles.ts';
import { assemble } from './assemble.ts';
import { botAgents } from './botAgents.ts';
import { choose } from './candidates.ts';
import { definitionAgents } from './definitionAgents.ts';
import { plannerAgents } from './plannerAgents.ts';

export interface LoadAgentsOptions {
  /** All versions of each agent, not only the one that is live as far as metadata tells. */
  readonly allVersions: boolean;
}

export interface LoadedAgents {
  /** Sorted by name; of one agent the active version first, then the highest. */
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
  const owned = [...botAgents(files), ...definitionAgents(files)];
  const claimed = new Set(owned.flatMap(({ planners }) => [...planners]));
  const all = [...owned, ...plannerAgents(claimed, files)];
  const built = all
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    .flatMap(({ candidates }) => choose(candidates, options.allVersions))
    .map(({ parts }) => assemble(parts(), files));
  return {
    agents: built.map(({ agent }) => agent),
    problems: built.flatMap(({ problems }) => problems),
    failed: files.failed,
    filesParsed: files.parsed,
  };
}
