import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import type { AgentFiles } from './agentFiles.ts';
import type { AgentCandidates } from './candidates.ts';
import { groupBy } from './groupBy.ts';
import { ownerByName, plannerFiles, readPlannerFile } from './planners.ts';
import { versionedName } from './version.ts';

/**
 * Planners whose bot or definition is not in source: agents all the same.
 *
 * @param claimed lower-case names of the planners that have one
 */
export function plannerAgents(claimed: ReadonlySet<string>, files: AgentFiles): AgentCandidates[] {
  const orphans = plannerFiles(files).filter(({ name }) => !claimed.has(name.toLowerCase()));
  return [...groupBy(orphans, (file) => ownerByName(file, files)).values()].map((versions) => {
    const [{ name }] = versions;
    return readPlannerAgent(versionedName(name).base || name, versions, files);
  });
}

function readPlannerAgent(name: string, versions: readonly SourceFile[], files: AgentFiles): AgentCandidates {
  const candidates = versions.map((file) => {
    const { version, number } = versionedName(file.name);
    return {
      number,
      isActive: false,
      parts: () => {
        const found = readPlannerFile(file, files);
        return {
          name,
          version,
          generation: found?.generation ?? 'planner',
          place: found?.part.planner.place ?? { file: file.path, line: 1, column: 1 },
          identity: undefined,
          planners: found ? [found.part] : [],
          invocations: [],
          problems: [],
        };
      },
    };
  });
  return { name, candidates, planners: new Set() };
}
