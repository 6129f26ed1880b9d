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
  /** Name of its folder; of the file where it is loose. */
  readonly bundle: string;
  /** Not part of an authoring bundle, so that nothing publishes it: an agent of its own. */
  readonly isLoose: boolean;
  /** `Bot.v2` where it was published. */
  readonly target: string | undefined;
}

/** @param allVersions frozen versions as well; otherwise the draft, or the newest version where there is none */
export function scriptAgents(allVersions: boolean, files: AgentFiles): ScriptedAgent[] {
  const scripts = authoringScripts(files);
  const loose = scripts.filter(({ isLoose }) => isLoose);
  return [
    ...bundledAgents(
      scripts.filter(({ isLoose }) => !isLoose),
      allVersions,
      files,
    ),
    // What was published under its name, if anything was, did not come from here.
    ...loose.map((script) => ({ versions: build(script, Infinity, files), names: new Set<string>() })),
  ];
}

function bundledAgents(
  scripts: readonly AuthoringScript[],
  allVersions: boolean,
  files: AgentFiles,
): readonly ScriptedAgent[] {
  const bundles = new Set(scripts.map(({ bundle }) => bundle.toLowerCase()));
  const byOwner = groupBy(scripts, (script) => ownerOf(script, bundles, files));
  return [...byOwner].map(([owner, group]) => {
    const newestFirst = group
      .map((script) => ({ script, number: numberOf(script, owner) }))
      .sort((a, b) => compareNumbers(b.number, a.number));
    // Two package directories may hold the same version; which one is deployed last is not known.
    const chosen = allVersions ? newestFirst : newestFirst.filter(({ number }) => number === newestFirst[0]?.number);
    const versions = chosen.flatMap(({ script, number }) => build(script, number, files));
    return { versions, names: new Set([owner, ...versions.map(({ agent }) => agent.name.toLowerCase())]) };
  });
}

/** Scripts that people write; a planner bundle may hold a copy of the one it was compiled from. */
function authoringScripts(files: AgentFiles): AuthoringScript[] {
  const planners = new Set(files.index.all('plannerBundle').map(({ path }) => folderOf(path)));
  const written = files.index.all('agentScript').filter(({ path }) => !planners.has(folderOf(folderOf(path))));
  const companions = new Map(files.index.all('authoringBundle').map((file) => [folderOf(file.path), file]));
  const byFolder = groupBy(written, ({ path }) => folderOf(path));
  return written.map((file) => {
    const folder = folderOf(file.path);
    const companion = companions.get(folder);
    const hasNameOfFolder = lastSegment(folder).toLowerCase() === file.name.toLowerCase();
    const isOnlyScript = companion !== undefined && byFolder.get(folder)?.length === 1;
    if (!hasNameOfFolder && !isOnlyScript) return { file, bundle: file.name, isLoose: true, target: undefined };
    const target = companion && files.read(companion.path, parseAuthoringBundle)?.target;
    return { file, bundle: lastSegment(folder), isLoose: false, target };
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

/** Nothing where the file cannot be read. */
function build({ file, bundle, target }: AuthoringScript, number: number, files: AgentFiles): ScriptVersion[] {
  const parsed = files.read(file.path, parseAgentScript);
  if (!parsed) return [];
  const { agent, problems } = scriptToAgent(parsed.script, { name: bundle, ...(target !== undefined && { target }) });
  const notRead = parsed.problems.map(({ place, reason }) => ({ agent: agent.name, place, reason }));
  return [{ agent, problems: [...notRead, ...problems], number }];
}
