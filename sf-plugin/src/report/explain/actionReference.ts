import type { Generation } from '@agent-readiness/protocol';

interface NamedAction {
  readonly name: string;
  readonly topic: string;
}

/** The part of an agent by which people refer to it and to its actions. */
export interface NamedAgent<T extends NamedAction = NamedAction> {
  readonly name: string;
  readonly generation: Generation;
  readonly version: string;
  readonly actions: readonly T[];
}

/**
 * The names by which an agent can be meant: its own and, because several versions of an agent can
 * stand beside one another, those with `@version`, `@generation` or both. The most exact comes last.
 */
export function agentNames({ name, generation, version }: NamedAgent): string[] {
  if (version === '') return [name, `${name}@${generation}`];
  return [name, `${name}@${version}`, `${name}@${generation}`, `${name}@${generation}@${version}`];
}

/**
 * `agent.action`, as `sf readiness explain` takes it; with the topic, the generation and the version
 * only where it would mean several actions without them.
 */
export function actionReference(action: NamedAction, agent: NamedAgent, agents: readonly NamedAgent[]): string {
  const { name, topic } = action;
  const isShared = agents.some((other) => other !== agent && isSame(other.name, agent.name));
  const owner = isShared ? agentNames(agent).at(-1) : agent.name;
  const isRepeated = agent.actions.some((other) => other !== action && isSame(other.name, name));
  return [owner, ...(isRepeated && topic !== '' ? [topic] : []), name].join('.');
}

/** API names are compared as the platform compares them. */
export function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
