import type { Hop, Place } from '@agent-readiness/protocol';
import { parseInputSchema } from '../../extract/agents/inputSchema.ts';
import type { Located } from '../../extract/agents/located.ts';
import type { PlannerFacts } from '../../extract/agents/planner.ts';
import type { ActionBinding, AgentAction } from '../agent.ts';
import { folderOf, type AgentFiles } from './agentFiles.ts';
import { strongestGate } from './gate.ts';
import { bindInputs, Mappings, toParameter } from './mappings.ts';
import { findActions, type OfferedAction } from './offers.ts';
import { readPlannerTrust, type PlannerCall } from './plannerTrust.ts';
import { notUnderstood } from './problems.ts';
import { readRules, type Rules } from './rules.ts';
import { findTopics, type OfferedTopic } from './topics.ts';

/** A planner in the agent that uses it. */
export interface PlannerSource {
  readonly planner: PlannerFacts;
  /** Path of the file that holds it. */
  readonly file: string;
  /** Names of the variables that the channel fills. */
  readonly contextVariables: readonly string[];
  /** What `isConfirmationRequired` is worth to the planner. */
  readonly confirmation: 'confirmed' | 'declared-only';
  /** The first hop of every path. */
  readonly origin: Hop;
}

export interface PlannerActions {
  readonly actions: readonly AgentAction[];
  /** The topic that may hand the conversation to a person. */
  readonly escalation: Place | undefined;
  readonly problems: readonly Located[];
}

/** The actions that topics and planner offer, with who fills their inputs and what stands in front of them. */
export function lowerPlanner(source: PlannerSource, files: AgentFiles): PlannerActions {
  const { planner, file } = source;
  const topics = findTopics(planner, file, files);
  const offers = [
    ...topics.flatMap((topic) => offersOf(topic, files)),
    ...plannerOffers(planner, file, files).map((action) => ({ topic: undefined, action })),
  ];
  const { calls, unseen } = mapParameters(planner, offers, files);
  const trust = readPlannerTrust(planner, source.contextVariables, [...calls.values()], unseen);
  const rules = readRules(planner, trust);
  const actions = [...calls].map(([offer, { mappings, schema }]) =>
    toAction(offer, bindInputs(mappings, schema ?? [], trust), rules, source),
  );
  return {
    actions,
    escalation: topics.find(escalates)?.place,
    problems: [...problemsOf(planner, topics, offers), ...rules.problems],
  };
}

/** The platform's own topic for it is known by its name, which copies keep. */
function escalates({ link, name, references, definition }: OfferedTopic): boolean {
  if (!link) return false;
  const names = [name, ...references, definition?.names.source ?? ''];
  return definition?.canEscalate === true || names.some((each) => /escalat/i.test(each));
}

/** An action and the topic that offers it; `undefined` for actions of the planner itself. */
interface Offer {
  readonly topic: OfferedTopic | undefined;
  readonly action: OfferedAction;
}

function offersOf(topic: OfferedTopic, files: AgentFiles): Offer[] {
  if (!topic.definition) return [{ topic, action: wholeTopic(topic) }];
  return findActions(topic.definition, topic.folder, files).map((action) => ({ topic, action }));
}

function plannerOffers(planner: PlannerFacts, file: string, files: AgentFiles): OfferedAction[] {
  const lists = { actions: planner.actions, actionLinks: planner.actionLinks, functions: planner.functionRefs };
  return findActions(lists, `${folderOf(file)}/plannerActions`, files);
}

/** A topic whose definition cannot be seen can do anything: it stands for its actions. */
function wholeTopic({ name, references, place, link, isUnreadable }: OfferedTopic): OfferedAction {
  return {
    name,
    aliases: [],
    references,
    place,
    target: { type: isUnreadable ? 'unreadable' : 'standardTopic', name, place },
    definition: undefined,
    schemaFile: undefined,
    link,
  };
}

/** Each offer as a call, in their order, and the mappings that belong to none of them. */
function mapParameters(planner: PlannerFacts, offers: readonly Offer[], files: AgentFiles) {
  const mappings = new Mappings(planner.mappings);
  const calls = new Map(
    offers.map((offer): [Offer, PlannerCall] => {
      const { action, topic } = offer;
      const { schemaFile } = action;
      const own = mappings.of(action.definition, topic?.references, action.references);
      const schema = schemaFile === undefined ? undefined : files.read(schemaFile, parseInputSchema);
      return [offer, { topic: topic?.references, action, mappings: own, schema }];
    }),
  );
  const known = new Set([...calls.values()].flatMap((call) => call.mappings.map(({ mapping }) => mapping)));
  // A mapping of an action that is not in source may store an output all the same.
  const unseen = planner.mappings.filter((mapping) => !known.has(mapping)).map((each) => toParameter(each, undefined));
  return { calls, unseen };
}

function toAction(
  { topic, action }: Offer,
  inputs: ActionBinding['inputs'],
  rules: Rules,
  source: PlannerSource,
): AgentAction {
  const confirmation = action.definition?.isConfirmationRequired === true ? source.confirmation : 'none';
  const link = topic === undefined || topic.link ? action.link : undefined;
  const guard = strongestGate([
    topic ? rules.onTopic(topic.references) : 'none',
    rules.onAction(topic?.references, action.references),
  ]);
  const gate = strongestGate([confirmation, guard]);
  const binding = (place: Place): ActionBinding => ({
    place,
    invocation: 'model',
    gate,
    ...(gate === 'confirmed' && guard === 'guarded' && { isAlsoGuarded: true }),
    inputs,
    path: [source.origin, ...hops(topic, action)],
  });
  return {
    name: action.name,
    aliases: action.aliases,
    topic: topic?.name ?? '',
    role: 'action',
    place: action.place,
    target: action.target,
    confirmation,
    bindings: link ? [binding(link)] : [],
  };
}

function hops(topic: OfferedTopic | undefined, action: OfferedAction): Hop[] {
  const topicHop = topic?.link ? [{ ...topic.link, label: `topic ${topic.name}` }] : [];
  const isTopicItself = topic !== undefined && topic.definition === undefined;
  const actionHop = action.link && !isTopicItself ? [{ ...action.link, label: `offers ${action.name}` }] : [];
  return [...topicHop, ...actionHop];
}

function problemsOf(planner: PlannerFacts, topics: readonly OfferedTopic[], offers: readonly Offer[]): Located[] {
  const unknown = [planner.unknown, ...topics.map(({ definition }) => definition?.unknown ?? [])].flat();
  const untyped = offers.flatMap(({ action: { definition } }) =>
    definition && !definition.targetType ? definition : [],
  );
  return [
    ...unknown.map(notUnderstood),
    ...untyped.map(({ place }) => ({ value: 'the action does not say what it invokes', place })),
  ];
}
