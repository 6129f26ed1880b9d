import {
  canonicalJson,
  manifestSchemaVersion,
  type Authority,
  type Effect,
  type Hop,
  type Manifest,
  type Report,
} from '@agent-readiness/protocol';

/** An effect as authority, and how it is reached; the path is empty where only a manifest is known. */
export interface ReachedEffect {
  readonly effect: Authority;
  readonly path: readonly Hop[];
}

/** Everything that one action can change. */
export interface ActionEffects {
  readonly agent: string;
  readonly topic: string;
  readonly action: string;
  readonly effects: readonly ReachedEffect[];
}

/**
 * What each action can change, by agent, topic and name: several versions of an agent are one. An effect
 * that is reached in several ways stands there once, with the first path.
 */
export function actionEffects({ agents }: Pick<Report, 'agents'>): ActionEffects[] {
  const byName = new Map<string, ActionEffects>();
  for (const { name: agent, actions } of agents) {
    for (const { name: action, topic, effects } of actions) {
      const key = actionKey({ agent, topic, action });
      const known = byName.get(key)?.effects ?? [];
      const added = effects.map((effect) => ({ effect: authorityOf(effect), path: effect.path }));
      byName.set(key, { agent, topic, action, effects: [...known, ...added] });
    }
  }
  return [...byName]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, action]) => ({ ...action, effects: distinct(action.effects) }));
}

/** What a manifest says, without paths. */
export function manifestEffects({ actions }: Manifest): ActionEffects[] {
  return actions.map(({ effects, ...action }) => ({
    ...action,
    effects: effects.map((effect) => ({ effect, path: [] })),
  }));
}

/** The authority manifest of a project: the same for the same effects, wherever they are written. */
export function manifestOf(actions: readonly ActionEffects[]): Manifest {
  return {
    schemaVersion: manifestSchemaVersion,
    actions: actions.map(({ agent, topic, action, effects }) => ({
      agent,
      topic,
      action,
      effects: effects.map(({ effect }) => effect),
    })),
  };
}

export function actionKey({ agent, topic, action }: Pick<ActionEffects, 'agent' | 'topic' | 'action'>): string {
  return JSON.stringify([agent, topic, action]);
}

function authorityOf(effect: Effect): Authority {
  const { operation, object, fields, extent, extentLimit, identity, gate, reversibility, certainty } = effect;
  return {
    operation,
    object,
    fields: [...fields].sort(),
    extent,
    ...(extentLimit !== undefined && { extentLimit }),
    identity,
    gate,
    reversibility,
    certainty,
  };
}

function distinct(effects: readonly ReachedEffect[]): ReachedEffect[] {
  const byText = new Map<string, ReachedEffect>();
  for (const each of effects) {
    const key = canonicalJson(each.effect);
    if (!byText.has(key)) byText.set(key, each);
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
