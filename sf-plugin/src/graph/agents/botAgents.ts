import type { Place } from '@agent-readiness/protocol';
import { parseBot, parseBotVersion, type BotFacts, type BotVersionFacts } from '../../extract/agents/bot.ts';
import type { Located } from '../../extract/agents/located.ts';
import { definedTwice } from '../../extract/project/definedTwice.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import { folderOf, lastSegment, type AgentFiles } from './agentFiles.ts';
import type { AgentCandidates, Candidate } from './candidates.ts';
import { groupBy } from './groupBy.ts';
import { ownerByName, plannerFiles, plannersOfVersion, readPlanners } from './planners.ts';
import { notUnderstood } from './problems.ts';
import { versionedName } from './version.ts';

/** Agents that have a bot: one for each bot of the project. */
export function botAgents(files: AgentFiles): AgentCandidates[] {
  const versionFiles = groupBy(files.index.all('botVersion'), ownerOfVersion);
  const planners = groupBy(plannerFiles(files), (file) => ownerByName(file, files));
  const bots = groupBy(files.index.all('bot'), ({ name }) => name.toLowerCase());
  return [...bots].map(([owner, definitions]) =>
    readBotAgent(definitions, versionFiles.get(owner) ?? [], planners.get(owner) ?? [], files),
  );
}

/** `bots/<Agent>/v1.botVersion-meta.xml`, or `<Agent>.v1.botVersion` anywhere. */
function ownerOfVersion({ name, path }: SourceFile): string {
  return (versionedName(name).base || lastSegment(folderOf(path))).toLowerCase();
}

function readBotAgent(
  [file, ...copies]: readonly [SourceFile, ...SourceFile[]],
  versionFiles: readonly SourceFile[],
  namesakes: readonly SourceFile[],
  files: AgentFiles,
): AgentCandidates {
  const { name, path } = file;
  const bot = files.read(path, parseBot);
  const inline = (bot?.versions ?? []).map((facts) => ({ versionName: facts.fullName ?? '', facts }));
  const decomposed = versionFiles.flatMap((each) => {
    const facts = files.read(each.path, parseBotVersion);
    return facts ? [{ versionName: each.name, facts }] : [];
  });
  const versions = [...inline, ...decomposed].map(({ versionName, facts }): BotVersion => {
    const { version, number } = versionedName(versionName);
    return { version, number, facts, planners: plannersOfVersion(name, number, facts.planners, files) };
  });
  const named = new Set(versions.flatMap(({ planners }) => planners.map(({ value }) => value.toLowerCase())));
  // A planner of the agent's name that no version mentions: its version was not retrieved.
  const unclaimed = namesakes.filter((planner) => !named.has(planner.name.toLowerCase())).map(withoutBotVersion);
  const all = [...versions, ...unclaimed];
  const source: BotSource = {
    name,
    place: bot?.place ?? startOf(path),
    bot,
    problems: copies.map((copy) => notAnalysed(copy, path)),
  };
  return {
    name,
    candidates: (all.length > 0 ? all : [noVersion]).map((version) => candidate(source, version, files)),
    planners: new Set([...named, ...namesakes.map((planner) => planner.name.toLowerCase())]),
  };
}

interface BotSource {
  readonly name: string;
  readonly place: Place;
  /** `undefined` where the file cannot be read. */
  readonly bot: BotFacts | undefined;
  readonly problems: readonly Located[];
}

interface BotVersion {
  readonly version: string;
  readonly number: number;
  readonly facts: BotVersionFacts | undefined;
  readonly planners: readonly Located[];
}

const noVersion: BotVersion = { version: '', number: 0, facts: undefined, planners: [] };

function withoutBotVersion({ name, path }: SourceFile): BotVersion {
  const { version, number } = versionedName(name);
  return { version, number, facts: undefined, planners: [{ value: name, place: startOf(path) }] };
}

function candidate(source: BotSource, version: BotVersion, files: AgentFiles): Candidate {
  const { name, place, bot } = source;
  const { number, facts } = version;
  return {
    number,
    isActive: false,
    parts: () => {
      const { problems, ...found } = readPlanners(version.planners, files);
      return {
        name,
        version: version.version,
        place,
        identity: bot,
        ...found,
        invocations: facts?.invocations ?? [],
        problems: [...source.problems, ...(facts?.unknown ?? []).map(notUnderstood), ...problems],
      };
    },
  };
}

function notAnalysed({ name, path }: SourceFile, analysed: string): Located {
  return { value: definedTwice(name, analysed), place: startOf(path) };
}

function startOf(file: string): Place {
  return { file, line: 1, column: 1 };
}
