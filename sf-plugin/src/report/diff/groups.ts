import { isMore, type ChangeKind, type EffectChange, type EffectDiff } from '@agent-readiness/protocol';
import {
  attributeWords,
  effectWords,
  extentWords,
  gateWords,
  identityWords,
  objectWords,
  reversibilityWords,
} from '../words.ts';

/** Changes of one action that are one thing to a reader: the same happens to several objects for the same reason. */
export interface ChangeGroup {
  readonly kind: ChangeKind;
  /** The first of them; it stands for all. */
  readonly first: EffectChange;
  /** `delete Order`, and of the others the object. */
  readonly what: string;
  readonly others: readonly string[];
  /** What it can do now, or for a change what differs. */
  readonly facts: readonly string[];
}

/** All that changed in one action. */
export interface ActionChanges {
  readonly agent: string;
  readonly topic: string;
  readonly action: string;
  /** Whether the action itself is on one side only. */
  readonly presence: 'new' | 'gone' | 'both';
  readonly groups: readonly ChangeGroup[];
}

const kinds: readonly ChangeKind[] = ['added', 'widened', 'narrowed', 'removed'];

/** The changes as people read them, by action: what is more before what is less, what is close before what follows. */
export function changesByAction({ actions, changes }: EffectDiff): ActionChanges[] {
  const keyOf = ({ agent, topic, action }: Pick<EffectChange, 'agent' | 'topic' | 'action'>): string =>
    JSON.stringify([agent, topic, action]);
  const [added, removed] = [new Set(actions.added.map(keyOf)), new Set(actions.removed.map(keyOf))];
  const named = new Map([...actions.added, ...actions.removed, ...changes].map((each) => [keyOf(each), each]));
  const changed = Map.groupBy(changes, keyOf);
  return [...named]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, { agent, topic, action }]): ActionChanges => ({
      agent,
      topic,
      action,
      presence: added.has(key) ? 'new' : removed.has(key) ? 'gone' : 'both',
      groups: groupsOf(changed.get(key) ?? []),
    }))
    .sort((a, b) => Number(hasMore(b)) - Number(hasMore(a)));
}

function hasMore({ presence, groups }: ActionChanges): boolean {
  return presence === 'new' || groups.some(({ kind }) => isMore(kind));
}

function groupsOf(changes: readonly EffectChange[]): ChangeGroup[] {
  return [...Map.groupBy(changes, groupKey).values()]
    .flatMap(([first, ...others]): ChangeGroup[] =>
      first === undefined
        ? []
        : [
            {
              kind: first.kind,
              first,
              what: effectWords({ ...first.effect, path: first.path }, Infinity),
              others: others.map(({ effect }) => objectWords(effect)),
              facts: first.attributes.length > 0 ? first.attributes.map(attributeWords) : factsOf(first),
            },
          ],
    )
    .sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind) || a.first.path.length - b.first.path.length);
}

/** What differs in objects only, and leads there by the same lines. */
function groupKey({ kind, effect, attributes, path }: EffectChange): string {
  const { operation, fields, extent, extentLimit, identity, gate, reversibility } = effect;
  const places = path.map(({ file, line }) => [file, line]);
  const differs = attributes.length > 0 ? attributes : [fields, extent, extentLimit, identity, gate, reversibility];
  return JSON.stringify([kind, operation, differs, places]);
}

function factsOf({ effect }: EffectChange): string[] {
  if (effect.operation === 'unknown') return [gateWords[effect.gate]];
  return [
    extentWords(effect),
    identityWords[effect.identity],
    gateWords[effect.gate],
    reversibilityWords[effect.reversibility],
  ];
}
