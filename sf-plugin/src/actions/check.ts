import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  reportSchemaVersion,
  type ActionReport,
  type AgentReport,
  type OpaqueTarget,
  type Report,
  type Severity,
} from '@agent-readiness/protocol';
import { closeOver } from '../effects/closure.ts';
import { createExpander } from '../effects/createExpander.ts';
import { targetToCallable } from '../effects/services/targetToCallable.ts';
import { createApexParser } from '../extract/apex/parser.ts';
import { CoverageLog } from '../extract/coverage.ts';
import { SourceLibrary } from '../extract/library/sourceLibrary.ts';
import { openProject, type Project } from '../extract/project/openProject.ts';
import type { TextCache } from '../extract/project/textCache.ts';
import type { Agent, AgentAction } from '../graph/agent.ts';
import { loadAgents } from '../graph/agents/loadAgents.ts';
import { verdictOf } from '../policy/verdict.ts';
import { evaluate } from '../rules/evaluate.ts';
import { rules } from '../rules/registry.ts';
import type { Capability } from '../rules/rule.ts';
import { withCandidates } from './candidates.ts';
import { openCaches } from './openCaches.ts';
import { rememberedReport } from './rememberedReport.ts';
import { withNamedTargets } from './namedTargets.ts';
import { capability, hostOf, ruleInput } from './ruleInput.ts';
import { selectAgents } from './selectAgents.ts';

/** The Apex grammar that ships with the plugin. */
export const apexGrammar = fileURLToPath(new URL('../../grammar/dist/tree-sitter-apex.wasm', import.meta.url));

export interface CheckOptions {
  /** Relative to the start folder; empty for the package directories of the project. */
  readonly sourceDirs: readonly string[];
  /** Names of agents; empty for all. */
  readonly agents: readonly string[];
  readonly allVersions: boolean;
  /** Findings from this severity on make the verdict `not-ready`. */
  readonly failOn: Severity;
  /** A project without agents is an answer, not an error. */
  readonly mayBeEmpty?: true;
  /** Who answers for an agent, by its name. */
  readonly owners?: Readonly<Record<string, string>>;
  /** Options of rules, by the id of the rule and the name of the option. */
  readonly ruleOptions?: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Shows that long work goes on. */
export interface ProgressSink {
  start(total: number): void;
  update(label: string): void;
  stop(): void;
}

export interface CheckDependencies {
  /** Absolute path; the project is looked for here and above. */
  readonly startDir: string;
  readonly progress: ProgressSink;
  /** Where the key to the caches in the project is kept; without it, nothing is kept between runs. */
  readonly cacheSecretFile?: string;
}

/**
 * Checks a project: finds its agents, works out what each action can do, and judges it.
 *
 * @throws ConfigurationError when there is nothing to check
 */
export async function runCheck(dependencies: CheckDependencies, options: CheckOptions): Promise<Report> {
  const { startDir, progress, cacheSecretFile } = dependencies;
  const project = openProject(startDir, options.sourceDirs);
  const caches = cacheSecretFile === undefined ? undefined : openCaches(project.root, apexGrammar, cacheSecretFile);
  if (!caches) return checkProject(project, progress, options);
  return rememberedReport(caches.reports, project, options, (recorded) =>
    checkProject(recorded, progress, options, caches.summaries),
  );
}

/** The check of a project whose files are known. `sourceDirs` has no meaning here. */
export async function checkProject(
  project: Project,
  progress: ProgressSink,
  options: CheckOptions,
  cache?: TextCache,
): Promise<Report> {
  const coverage = new CoverageLog();
  const agents = readAgents(project, coverage, options);
  const library = new SourceLibrary(project, coverage, await createApexParser(apexGrammar), cache);
  const expand = createExpander(library);

  const opaque = new Map<string, OpaqueTarget>();
  const capabilities: Capability[] = [];
  const reports: AgentReport[] = [];
  progress.start(agents.reduce((total, { actions }) => total + actions.length, 0));
  try {
    for (const agent of agents) {
      const actions: ActionReport[] = [];
      for (const action of agent.actions) {
        progress.update(`${agent.name} ${action.name}`);
        // The analysis never waits; without this pause the progress display would never be drawn.
        await setImmediate();
        const closure = closeOver(action, targetToCallable(action.target), expand);
        for (const target of closure.opaque) opaque.set(JSON.stringify(target), target);
        capabilities.push(capability(agent, action, closure, library));
        const effects = withNamedTargets(
          closure.effects,
          closure.opaque,
          (credential) => hostOf(library, credential),
          project.index,
        );
        actions.push({ ...actionFacts(action), effects, pruned: [...closure.pruned] });
      }
      reports.push({ ...agentFacts(agent), actions });
    }
  } finally {
    progress.stop();
  }

  const findings = evaluate(rules, {
    ...ruleInput(agents, capabilities, library, project.reader),
    policy: {
      ownerOf: (agent) => own(options.owners, agent),
      optionOf: (rule, option) => own(own(options.ruleOptions, rule), option),
    },
  });
  return {
    schemaVersion: reportSchemaVersion,
    project: { name: project.name, sourceDirs: [...project.sourceDirs] },
    coverage: {
      filesParsed: coverage.filesParsed,
      filesFailed: coverage.filesFailed,
      opaqueTargets: withCandidates([...opaque.values()], project.index),
    },
    agents: reports,
    findings,
    verdict: verdictOf(findings, coverage.filesFailed.length, options.failOn),
  };
}

/**
 * The agents that the options name. What could not be read of any agent goes into the coverage.
 *
 * @throws ConfigurationError when there are none, or none of that name
 */
export function readAgents(
  project: Project,
  coverage: CoverageLog,
  options: Pick<CheckOptions, 'agents' | 'allVersions' | 'mayBeEmpty'>,
): readonly Agent[] {
  for (const { reason, ...place } of project.failed) coverage.failed(place, reason);
  const { agents, problems, failed, filesParsed } = loadAgents(project.index, project.reader, options);
  const isEmpty = agents.length === 0 && options.mayBeEmpty === true;
  const selected = isEmpty ? agents : selectAgents(agents, options.agents, project.sourceDirs);
  for (const file of filesParsed) coverage.parsed(file);
  for (const { place, reason } of [...failed, ...problems]) coverage.failed(place, reason);
  return selected;
}

/** What the report says of an action before it is known what the action does. */
export function actionFacts(action: AgentAction): Omit<ActionReport, 'effects' | 'pruned'> {
  const { name, topic, target, place, bindings, confirmation } = action;
  return {
    name,
    topic,
    target: { type: target.type, name: target.name },
    place,
    reachable: bindings.length > 0,
    confirmation,
  };
}

/** What the report says of an agent itself. */
export function agentFacts({ name, generation, place, version, runsAs }: Agent): Omit<AgentReport, 'actions'> {
  return { name, generation, file: place.file, version, ...(runsAs !== undefined && { runsAs }) };
}

/** An agent may be named like something that every object has. */
function own<T>(values: Readonly<Record<string, T>> | undefined, name: string): T | undefined {
  return values !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
}
