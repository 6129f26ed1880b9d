import { closeOver } from '../effects/closure.ts';
import { createExpander } from '../effects/createExpander.ts';
import { targetToCallable } from '../effects/services/targetToCallable.ts';
import { createApexParser } from '../extract/apex/parser.ts';
import { CoverageLog } from '../extract/coverage.ts';
import { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import { openProject } from '../extract/project/openProject.ts';
import { effectsByDanger } from '../report/answer.ts';
import { explanationSchemaVersion, type Explanation } from '../report/explain/explanation.ts';
import { withCandidates } from './candidates.ts';
import { actionFacts, agentFacts, apexGrammar, readAgents } from './check.ts';
import { selectAction, selectEffects } from './explainSelection.ts';
import { createSourceQuoter } from './explainSource.ts';

export interface ExplainOptions {
  /** Relative to the start folder; empty for the package directories of the project. */
  readonly sourceDirs: readonly string[];
  readonly allVersions: boolean;
  /** `agent.action`, `agent.topic.action` or `action`. */
  readonly action: string;
  /** `operation:object`; all effects without it. */
  readonly effect?: string;
}

/**
 * Works out what one action can do, and quotes the source along the path to each effect.
 *
 * @param startDir absolute path; the project is looked for here and above
 * @throws ConfigurationError when there is no project, or no such action or effect
 */
export async function runExplain(startDir: string, options: ExplainOptions): Promise<Explanation> {
  const project = openProject(startDir, options.sourceDirs);
  const coverage = new CoverageLog();
  const agents = readAgents(project, coverage, { agents: [], allVersions: options.allVersions });
  const { agent, action } = selectAction(agents, options.action);
  const library = new SourceLibrary(project, coverage, await createApexParser(apexGrammar));
  const closure = closeOver(action, targetToCallable(action.target), createExpander(library));

  const chosen = selectEffects(closure.effects, options.effect);
  const quote = createSourceQuoter(project.reader);
  return {
    schemaVersion: explanationSchemaVersion,
    agent: agentFacts(agent),
    action: {
      ...actionFacts(action),
      pruned: [...closure.pruned],
      calls: action.bindings.map(({ place, invocation, gate }) => ({ ...place, invocation, gate })),
    },
    effects: effectsByDanger(chosen).map((effect) => ({
      ...effect,
      path: effect.path.map((hop) => ({ ...hop, source: quote(hop) })),
    })),
    otherEffects: closure.effects.length - chosen.length,
    coverage: {
      filesParsed: coverage.filesParsed,
      filesFailed: coverage.filesFailed,
      opaqueTargets: withCandidates(closure.opaque, project.index),
    },
  };
}
