import type { Place } from '@agent-readiness/protocol';
import { parseBot, parseBotVersion, type BotFacts, type BotVersionFacts } from '../../extract/agents/bot.ts';
import type { Located } from '../../extract/agents/located.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import { folderOf, lastSegment, type AgentFiles } from './agentFiles.ts';
import type { AgentCandidates, Candidate } from './candidates.ts';
import { groupBy } from './groupBy.ts';
import { ownerByName, plannerFiles, readPlanners } from './planners.ts';
import { versionedName } from './version.ts';

/** Agents that have a bot: one for each bot of the project. */
export function botAgents(files: AgentFiles): AgentCandidates[] {
  const versionFiles = groupBy(files.index.all('botVersion'), ownerOfVersion);
  const planners = groupBy(plannerFiles(files), (file) => ownerByName(file, files));
  return files.index.all('bot').map((file) => {
    const owner = file.name.toLowerCase();
    return readBotAgent(file, versionFiles.get(owner) ?? [], planners.get(owner) ?? [], files);
  });
}

/** `bots/<Agent>/v1.botVersion-meta.xml`, or `<Agent>.v1.botVersion` anywhere. */
function ownerOfVersion({ name, path }: SourceFile): string {
  return (versionedName(name).base || lastSegment(folderOf(path))).toLowerCase();
}

function readBotAgent(
  file: SourceFile,
  versionFiles: readonly SourceFile[],
  namesakes: readonly SourceFile[],
  files: AgentFiles,
): AgentCandidates {
  const bot = files.read(file.path, parseBot);
  const versions = [
    ...(bot?.versions ?? []).map((facts) => ({ name: facts.fullName ?? '', facts })),
    ...versionFiles.flatMap(({ path, name }) => {
      const facts = files.read(path, parseBotVersion);
      return facts ? [{ name, facts }] : [];
    }),
  ];
  const place = bot?.place ?? { file: file.path, line: 1, column: 1 };
  const source: BotSource = { name: file.name, place, bot };
  const named = new Set(versions.flatMap(({ facts }) => facts.planners.map(({ value }) => value.toLowerCase())));
  // A planner of the agent's name that no version mentions: its version was not retrieved.
  const unclaimed = namesakes.filter(({ name }) => !named.has(name.toLowerCase()));
  const candidates = [
    ...versions.map(({ name, facts }) => fromVersion(source, name, facts, files)),
    ...unclaimed.map((planner) => fromPlanner(source, planner, files)),
  ];
  return {
    name: file.name,
    candidates: candidates.length > 0 ? candidates : [candidate(source, '', [], undefined, files)],
    planners: new Set([...named, ...namesakes.map(({ name }) => name.toLowerCase())]),
  };
}

interface BotSource {
  readonly name: string;
  readonly place: Place;
  /** `undefined` where the file cannot be read. */
  readonly bot: BotFacts | undefined;
}

function fromVersion(source: BotSource, fileName: string, facts: BotVersionFacts, files: AgentFiles): Candidate {
  return candidate(source, fileName, facts.planners, facts, files);
}

function fromPlanner(source: BotSource, { name, path }: SourceFile, files: AgentFiles): Candidate {
  const reference = { value: name, place: { file: path, line: 1, column: 1 } };
  return candidate(source, name, [reference], undefined, files);
}

function candidate(
  { name, place, bot }: BotSource,
  versionName: string,
  plannerNames: readonly Located[],
  facts: BotVersionFacts | undefined,
  files: AgentFiles,
): Candidate {
  const { version, number } = versionedName(versionName);
  return {
    number,
    isActive: false,
    parts: () => ({
      name,
      version,
      place,
      identity: bot,
      ...readPlanners(plannerNames, files),
      invocations: facts?.invocations ?? [],
      unknown: facts?.unknown ?? [],
    }),
  };
}
