import { parseAuthoringBundle } from '../../extract/agents/authoringBundle.ts';
import { parseAgentScript } from '../../extract/agentScript/parseAgentScript.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import { folderOf, lastSegment, type AgentFiles } from './agentFiles.ts';
import type { BuiltAgent } from './assemble.ts';
import { groupBy } from './groupBy.ts';
import { scriptToAgent } from './script/scriptToAgent.ts';

/** An agent that has a script. */
export interface ScriptedAgent {
  /** The draft first, then the frozen versions, newest first. */
  readonly versions: readonly ScriptVersion[];
  /** Lower-case names by which a bot or a planner may be the published form of the agent. */
  readonly names: ReadonlySet<string>;
}

export interface ScriptVersion extends BuiltAgent {
  /** The version it was published as; `Infinity` for the draft. */
  readonly number: number;
}

interface AuthoringScript {
  readonly file: SourceFile;
  /** Name of its folder. */
  readonly bundle: string;
  /** `Bot.v2` where it was published. */
  readonly target: string | undefined;
}

/** @param allVersions frozen versions as well; otherwise the draft, or the newest version where there is none */
export function scriptAgents(allVersions: boolean, files: AgentFiles): ScriptedAgent[] {
  const scripts = authoringScripts(files);
  const bundles = new Set(scripts.map(({ bundle }) => bundle.toLowerCase()));
  const byOwner = groupBy(scripts, (script) => ownerOf(script, bundles, files));
  return [...byOwner].map(([owner, group]) => {
    const newestFirst = group
      .map((script) => ({ script, number: numberOf(script, owner) }))
      .sort((a, b) => compareNumbers(b.number, a.number));
    const chosen = allVersions ? newestFirst : newestFirst.slice(0, 1);
    const versions = chosen.flatMap(({ script, number }) => build(script, number, files) ?? []);
    return { versions, names: new Set([owner, ...versions.map(({ agent }) => agent.name.toLowerCase())]) };
  });
}

/** Scripts that people write; a planner bundle may hold a copy of the one it was compiled from. */
function authoringScripts(files: AgentFiles): AuthoringScript[] {
  const planners = new Set(files.index.all('plannerBundle').map(({ path }) => folderOf(path)));
  return files.index
    .all('agentScript')
    .filter(({ path }) => !planners.has(folderOf(folderOf(path))))
    .map((file) => {
      const folder = folderOf(file.path);
      const companion = files.index.all('authoringBundle').find(({ path }) => folderOf(path) === folder);
      const target = companion && files.read(companion.path, parseAuthoringBundle)?.target;
      return { file, bundle: lastSegment(folder) || file.name, target };
    });
}

/**
 * The agent that a bundle is a version of, in lower case. `Order_Agent_3` is one of `Order_Agent` if
 * the bundle says so, or if there is such an agent; it may as well be the name of an agent.
 */
function ownerOf({ bundle, target }: AuthoringScript, bundles: ReadonlySet<string>, files: AgentFiles): string {
  const published = target === undefined ? undefined : /^(.+)\.v\d+$/i.exec(target)?.[1];
  if (published !== undefined) return published.toLowerCase();
  const base = /^(.+)_\d+$/.exec(bundle)?.[1]?.toLowerCase();
  const isAgent = base !== undefined && (bundles.has(base) || files.find('bot', base) !== undefined);
  return isAgent ? base : bundle.toLowerCase();
}

function numberOf({ bundle, target }: AuthoringScript, owner: string): number {
  if (bundle.toLowerCase() === owner) return Infinity;
  const number = /(?:_|\.v)(\d+)$/i.exec(target ?? bundle)?.[1];
  return Number(number ?? 0);
}

/** Two drafts in two package directories are equal; their difference is not a number. */
function compareNumbers(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

function build(
  { file, bundle, target }: AuthoringScript,
  number: number,
  files: AgentFiles,
): ScriptVersion | undefined {
  const parsed = files.read(file.path, parseAgentScript);
  if (!parsed) return undefined;
  const { agent, problems } = scriptToAgent(parsed.script, { name: bundle, ...(target !== undefined && { target }) });
  const notRead = parsed.problems.map(({ place, reason }) => ({ agent: agent.name, place, reason }));
  return { agent, problems: [...notRead, ...problems], number };
}
