import { parseAgentFunction, type AgentFunctionFacts } from '../../extract/agents/agentFunction.ts';
import { allNames, stableName, withoutOrgId, type Names } from '../../extract/agents/names.ts';
import type { PlannerFacts } from '../../extract/agents/planner.ts';
import { parseTopic, type TopicFacts } from '../../extract/agents/topic.ts';
import type { MetadataKind } from '../../extract/project/metadataKinds.ts';
import type { SourceFile } from '../../extract/project/sourceIndex.ts';
import type { Drift } from '../agent.ts';
import type { AgentFiles } from './agentFiles.ts';

/**
 * Where a topic or an action of a bundle, which is a copy, differs from the file of its own. The running agent uses the
 * copy.
 */
export function copyDrifts({ topics, actions }: PlannerFacts, files: AgentFiles): Drift[] {
  return [
    ...topics.flatMap((topic) => topicDrifts(topic, files)),
    ...[...topics.flatMap((topic) => topic.actions), ...actions].flatMap((action) => actionDrifts(action, files)),
  ];
}

function topicDrifts(copy: TopicFacts, files: AgentFiles): Drift[] {
  const file = originOf(copy.names, 'topic', files);
  const original = file && files.read(file.path, parseTopic);
  if (!original) return [];
  const here = namesOfActions(copy);
  const there = namesOfActions(original);
  const differences = [
    ...without(here, there).map((name) => `also offers ${name}`),
    ...without(there, here).map((name) => `does not offer ${name}`),
    ...(copy.canEscalate === original.canEscalate ? [] : [`${copy.canEscalate ? 'may' : 'may not'} escalate`]),
    ...(guidanceOf(copy) === guidanceOf(original) ? [] : ['has other instructions']),
  ];
  return drift(`topic ${file.name}`, differences, copy, original);
}

function actionDrifts(copy: AgentFunctionFacts, files: AgentFiles): Drift[] {
  const file = originOf(copy.names, 'agentFunction', files);
  const original = file && files.read(file.path, parseAgentFunction);
  if (!original) return [];
  const [here, there] = [copy, original].map(
    ({ target, targetType }) => `${targetType?.value ?? 'nothing'} ${target?.value ?? ''}`,
  );
  const differences = [
    ...(here?.toLowerCase() === there?.toLowerCase() ? [] : [`invokes ${here ?? ''} instead of ${there ?? ''}`]),
    ...(copy.isConfirmationRequired === original.isConfirmationRequired
      ? []
      : [`${copy.isConfirmationRequired ? 'asks' : 'does not ask'} for confirmation`]),
  ];
  return drift(`action ${file.name}`, differences, copy, original);
}

function drift(
  subject: string,
  differences: readonly string[],
  { place: analysed }: Pick<TopicFacts, 'place'>,
  { place: other }: Pick<TopicFacts, 'place'>,
): Drift[] {
  return differences.length === 0 ? [] : [{ kind: 'copy', subject, differences, analysed, other }];
}

/** A copy names its source; one that names none is taken for a copy of what has its name. */
function originOf(names: Names, kind: MetadataKind, files: AgentFiles): SourceFile | undefined {
  const name = names.source ?? stableName(names);
  return name === undefined ? undefined : (files.find(kind, name) ?? files.find(kind, withoutOrgId(name)));
}

/** The actions that a topic offers, each by all its names. */
function namesOfActions({ actions, actionLinks, functions }: TopicFacts): ReadonlySet<string>[] {
  const own = actions.map(({ names }) => namesOf(allNames({ ...names, label: undefined })));
  const links = [...actionLinks, ...functions].map(({ value }) => namesOf([value]));
  return [
    ...own.filter((each) => links.some((link) => meet(each, link))),
    ...links.filter((link) => !own.some((each) => meet(each, link))),
  ];
}

function namesOf(names: readonly string[]): ReadonlySet<string> {
  return new Set(names.flatMap((name) => [name, withoutOrgId(name)]));
}

/** The shortest name of each of `some` that is none of `others`, sorted. */
function without(some: readonly ReadonlySet<string>[], others: readonly ReadonlySet<string>[]): string[] {
  return some
    .filter((each) => !others.some((other) => meet(each, other)))
    .map((each) => [...each].sort((a, b) => a.length - b.length)[0] ?? '')
    .sort();
}

function meet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const lower = new Set([...a].map((name) => name.toLowerCase()));
  return [...b].some((name) => lower.has(name.toLowerCase()));
}

/** White space and the order of instructions make no difference. */
function guidanceOf({ guidance }: TopicFacts): string {
  return guidance
    .map((text) => text.replace(/\s+/g, ' '))
    .sort()
    .join('\n');
}
