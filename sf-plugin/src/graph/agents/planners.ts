import type { Generation } from '@agent-readiness/protocol';
import type { Located } from '../../extract/agents/located.ts';
import { parsePlanner } from '../../extract/agents/planner.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import { folderOf, type AgentFiles } from './agentFiles.ts';
import type { AgentParts, PlannerPart } from './assemble.ts';
import { generationOfBundle } from './generation.ts';
import { versionedName } from './version.ts';

/** All planners of the project, bundles first: they replaced the older type. */
export function plannerFiles({ index }: AgentFiles): SourceFile[] {
  return [...index.all('plannerBundle'), ...index.all('planner')];
}

export function findPlanner(name: string, files: AgentFiles): SourceFile | undefined {
  return files.find('plannerBundle', name) ?? files.find('planner', name);
}

/** The agent that a planner belongs to by its name, in lower case: `Order_Agent_v2` to `order_agent`. */
export function ownerByName({ name }: SourceFile, files: AgentFiles): string {
  const isAgent = files.find('bot', name) ?? files.find('agentDefinition', name);
  return (isAgent ? name : versionedName(name).base || name).toLowerCase();
}

/** Planners by name; the first one decides the generation. */
export function readPlanners(
  names: readonly Located[],
  files: AgentFiles,
): Pick<AgentParts, 'planners' | 'generation' | 'missingPlanners'> {
  const found = names.map((name) => ({ name, file: findPlanner(name.value, files) }));
  const planners = found.flatMap(({ file }) => (file ? (readPlannerFile(file, files) ?? []) : []));
  return {
    planners: planners.map(({ part }) => part),
    generation: planners[0]?.generation ?? 'bot',
    missingPlanners: found.flatMap(({ name, file }) => (file ? [] : [name])),
  };
}

/** `undefined` where the file cannot be read. */
export function readPlannerFile(
  file: SourceFile,
  files: AgentFiles,
): { part: PlannerPart; generation: Generation } | undefined {
  const planner = files.read(file.path, parsePlanner);
  if (!planner) return undefined;
  const hasGraph = planner.agentGraph !== undefined || graphFile(file, files) !== undefined;
  return {
    part: { planner, file: file.path },
    generation: file.kind === 'planner' ? 'planner' : generationOfBundle(planner, hasGraph),
  };
}

/** The compiled agent beside the main file of a bundle. */
export function graphFile(bundle: SourceFile, { index }: AgentFiles): SourceFile | undefined {
  const folder = `${folderOf(bundle.path)}/agentGraph/`;
  return index.all('agentGraph').find(({ path }) => path.startsWith(folder));
}
