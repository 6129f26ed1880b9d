import type { Generation } from '@agent-readiness/protocol';
import type { Located } from '../../extract/agents/located.ts';
import { parseAgentGraph, parseInlineAgentGraph } from '../../extract/agents/graph/agentGraph.ts';
import { parsePlanner, type PlannerFacts } from '../../extract/agents/planner.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import { folderOf, type AgentFiles } from './agentFiles.ts';
import type { AgentParts } from './assemble.ts';
import { generationOfBundle, isCompiledPlanner } from './generation.ts';
import type { PlannerPart } from './plannerPart.ts';
import { missingPlanner } from './problems.ts';
import { versionedName } from './version.ts';

/** All planners of the project, bundles first: they replaced the older type. */
export function plannerFiles({ index }: AgentFiles): SourceFile[] {
  return [...index.all('plannerBundle'), ...index.all('planner')];
}

function findPlanner(name: string, files: AgentFiles): SourceFile | undefined {
  return files.definition('plannerBundle', name) ?? files.definition('planner', name);
}

/** The agent that a planner belongs to by its name, in lower case: `Order_Agent_v2` to `order_agent`. */
export function ownerByName({ name }: SourceFile, files: AgentFiles): string {
  const isAgent = files.find('bot', name) ?? files.find('agentDefinition', name);
  return (isAgent ? name : versionedName(name).base || name).toLowerCase();
}

/**
 * The planners of a version: those it names, else the one that has the name of the version, else
 * the one that has the name of the agent.
 */
export function plannersOfVersion(
  agent: string,
  number: number,
  named: readonly Located[],
  files: AgentFiles,
): readonly Located[] {
  if (named.length > 0) return named;
  const file = findPlanner(`${agent}_v${number}`, files) ?? findPlanner(agent, files);
  return file ? [{ value: file.name, place: { file: file.path, line: 1, column: 1 } }] : [];
}

/** Planners by name; the first one decides the generation. */
export function readPlanners(
  names: readonly Located[],
  files: AgentFiles,
): Pick<AgentParts, 'planners' | 'generation' | 'problems'> {
  const found = names.map((name) => ({ name, file: findPlanner(name.value, files) }));
  const read = found.flatMap(({ file }) => (file ? (readPlannerFile(file, files) ?? []) : []));
  return {
    planners: read.map(({ part }) => part),
    generation: read[0]?.generation ?? 'bot',
    problems: found.flatMap(({ name, file }) => (file ? [] : [missingPlanner(name)])),
  };
}

/** `undefined` where the file cannot be read. */
export function readPlannerFile(
  file: SourceFile,
  files: AgentFiles,
): { part: PlannerPart; generation: Generation } | undefined {
  const planner = files.read(file.path, parsePlanner);
  if (!planner) return undefined;
  const part = withCompanions(planner, file, files);
  return { part, generation: file.kind === 'planner' ? 'planner' : generationOfBundle(planner, part.isCompiled) };
}

/** A planner with the compiled agent that its bundle holds, if there is one. */
export function withCompanions(planner: PlannerFacts, file: SourceFile, files: AgentFiles): PlannerPart {
  const graphFile = beside(file, 'agentGraph', files);
  const inline = planner.agentGraph;
  return {
    planner,
    file: file.path,
    isCompiled: graphFile !== undefined || isCompiledPlanner(planner),
    graph: graphFile
      ? files.read(graphFile.path, parseAgentGraph)
      : inline && files.once(`${file.path}#agentGraph`, () => parseInlineAgentGraph(inline)),
    script: beside(file, 'agentScript', files),
  };
}

/** The file of a kind in the folder of a bundle that is named after the kind. */
function beside(bundle: SourceFile, kind: 'agentGraph' | 'agentScript', { index }: AgentFiles): SourceFile | undefined {
  const folder = `${folderOf(bundle.path)}/${kind}/`;
  return index.all(kind).find(({ path }) => path.startsWith(folder));
}
