import {
  canonicalJson,
  manifestSchemaVersion,
  chosenBySchema,
  type AgentReport,
  type Authority,
  type ChosenBy,
  type Effect,
  type Hop,
  type Manifest,
} from '@agent-readiness/protocol';

/** An effect as authority, who chooses, and how it is reached; where only a manifest is known, neither of these. */
export interface ReachedEffect {
  readonly effect: Authority;
  readonly chosenBy?: ChosenBy;
  readonly path: readonly Hop[];
}

type Chosen = ReachedEffect & { readonly chosenBy: ChosenBy };

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
export function actionEffects({ agents }: { readonly agents: readonly AgentReport[] }): ActionEffects[] {
  const byName = new Map<string, Omit<ActionEffects, 'effects'> & { readonly effects: readonly Chosen[] }>();
  for (const { name: agent, actions } of agents) {
    for (const { name: action, topic, effects } of actions) {
      const key = actionKey({ agent, topic, action });
      const known = byName.get(key)?.effects ?? [];
      const added = effects.map((effect) => ({
        effect: authorityOf(effect),
        chosenBy: effect.chosenBy,
        path: effect.path,
      }));
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

/** Chosen by whoever is trusted least in any of the ways. */
function distinct(effects: readonly Chosen[]): ReachedEffect[] {
  const byText = new Map<string, Chosen>();
  const trust = chosenBySchema.options;
  for (const each of effects) {
    const key = canonicalJson(each.effect);
    const known = byText.get(key);
    if (!known) byText.set(key, each);
    else if (trust.indexOf(each.chosenBy) > trust.indexOf(known.chosenBy)) {
      byText.set(key, { ...known, chosenBy: each.chosenBy });
    }
  }
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
}
