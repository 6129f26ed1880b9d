import { operationSchema, type Effect } from '@agent-readiness/protocol';
import type { Agent, AgentAction } from '../graph/agent.ts';
import { actionReference, agentNames, isSame } from '../report/explain/actionReference.ts';
import { printableText } from '../report/printable.ts';
import { ConfigurationError } from './errors.ts';
import { nearest } from './selectAgents.ts';

export interface SelectedAction {
  readonly agent: Agent;
  readonly action: AgentAction;
}

/**
 * The action that `agent.action`, `agent.topic.action` or `action` means. An alias of an action
 * counts where no action has the name itself.
 *
 * @throws ConfigurationError when it means none, or more than one
 */
export function selectAction(agents: readonly Agent[], wanted: string): SelectedAction {
  const all = agents.flatMap((agent) => agent.actions.map((action) => ({ agent, action })));
  const byName = all.filter(({ agent, action }) => means(wanted, agent, action, [action.name]));
  const found =
    byName.length > 0 ? byName : all.filter(({ agent, action }) => means(wanted, agent, action, action.aliases));
  const [first, ...others] = found;
  if (first && others.length === 0) return first;
  if (first) throw ambiguous(wanted, found, agents);
  throw unknownAction(wanted, agents);
}

function means(wanted: string, agent: Agent, { topic }: AgentAction, names: readonly string[]): boolean {
  // Not by splitting at the dots: names that people gave may contain some.
  return names.some(
    (name) =>
      isSame(wanted, name) ||
      agentNames(agent).some((owner) =>
        [`${owner}.${name}`, `${owner}.${topic}.${name}`].some((reference) => isSame(wanted, reference)),
      ),
  );
}

function ambiguous(wanted: string, found: readonly SelectedAction[], agents: readonly Agent[]): ConfigurationError {
  const references = [...new Set(found.map(({ agent, action }) => actionReference(action, agent, agents)))].sort();
  if (references.length < found.length) {
    return new ConfigurationError(`"${wanted}" stands for ${found.length} actions of the same name.`, [
      'Name the folder with the one you mean: --source-dir <folder>',
      ...[...new Set(found.map(({ agent }) => agent.place.file))]
        .sort()
        .map((file) => `One is in ${printableText(file)}.`),
    ]);
  }
  return new ConfigurationError(`"${wanted}" stands for ${found.length} actions.`, [
    `Name one of them: ${list(references)}`,
  ]);
}

function unknownAction(wanted: string, agents: readonly Agent[]): ConfigurationError {
  const references = (chosen: readonly Agent[]): string[] => [
    ...new Set(chosen.flatMap((agent) => agent.actions.map((action) => actionReference(action, agent, agents)))),
  ];
  const named = agents.filter((agent) => agentNames(agent).some((name) => isSame(name, wanted)));
  if (named.length > 0) {
    const actions = references(named);
    return new ConfigurationError(
      `"${wanted}" is an agent; name one of its actions.`,
      actions.length === 0 ? ['It has none.'] : [`It has: ${list(actions.sort())}`],
    );
  }
  const known = wanted.includes('.')
    ? references(agents)
    : [...new Set(agents.flatMap((agent) => agent.actions.map(({ name }) => name)))];
  return new ConfigurationError(
    `No action named "${wanted}".`,
    known.length === 0
      ? ['No agent in the project has an action.']
      : [`Did you mean one of: ${list(nearest(wanted, known))}?`],
  );
}

/**
 * The effects that `operation:object` covers; `*` or nothing stands for any. An effect on any object
 * may be one on the object asked for, and what was not seen may be anything.
 *
 * @throws ConfigurationError when there is no such operation, or the action has effects and none of these
 */
export function selectEffects(effects: readonly Effect[], wanted: string | undefined): readonly Effect[] {
  if (wanted === undefined) return effects;
  const [operation = '', ...rest] = wanted.split(':');
  const object = rest.join(':');
  const { options } = operationSchema;
  if (!isAny(operation) && !options.some((option) => isSame(option, operation))) {
    throw new ConfigurationError(`No operation named "${operation}".`, [
      `Did you mean one of: ${nearest(operation, options).join(', ')}?`,
    ]);
  }
  const found = effects.filter(
    (effect) =>
      effect.operation === 'unknown' ||
      ((isAny(operation) || isSame(effect.operation, operation)) &&
        (isAny(object) || effect.object === '*' || isSame(effect.object, object))),
  );
  if (found.length > 0 || effects.length === 0) return found;
  const known = [...new Set(effects.map((effect) => `${effect.operation}:${effect.object}`))];
  throw new ConfigurationError(`The action has no effect "${wanted}".`, [
    `The nearest that it has: ${list(nearest(wanted, known))}`,
  ]);
}

function isAny(part: string): boolean {
  return part === '' || part === '*';
}

/** Names come from other people's metadata. */
function list(names: readonly string[]): string {
  return names.map(printableText).join(', ');
}
