import type { EffectChange, EffectDiff } from '@agent-readiness/protocol';
import { allows, scopeKey } from '../scope.ts';
import { actionKey, type ActionEffects, type ReachedEffect } from './actionEffects.ts';
import { attributeChanges } from './attributes.ts';

type Changes = Pick<EffectDiff, 'actions' | 'changes'>;

/**
 * The difference between what actions could change and what they can change now: by name, not by
 * place, so that a moved or reformatted file makes none.
 */
export function compareEffects(before: readonly ActionEffects[], after: readonly ActionEffects[]): Changes {
  const beforeByKey = new Map(before.map((each) => [actionKey(each), each]));
  const afterByKey = new Map(after.map((each) => [actionKey(each), each]));
  const keys = [...new Set([...beforeByKey.keys(), ...afterByKey.keys()])].sort();
  const only = (one: ReadonlyMap<string, ActionEffects>, other: ReadonlyMap<string, ActionEffects>) =>
    [...one].flatMap(([key, { agent, topic, action }]) => (other.has(key) ? [] : { agent, topic, action }));
  return {
    actions: { added: only(afterByKey, beforeByKey), removed: only(beforeByKey, afterByKey) },
    changes: keys.flatMap((key): EffectChange[] => {
      const [was, is] = [beforeByKey.get(key), afterByKey.get(key)];
      const { agent = '', topic = '', action = '' } = is ?? was ?? {};
      return changesOf(was?.effects ?? [], is?.effects ?? []).map((change) => ({ agent, topic, action, ...change }));
    }),
  };
}

type Change = Omit<EffectChange, 'agent' | 'topic' | 'action'>;

function changesOf(before: readonly ReachedEffect[], after: readonly ReachedEffect[]): Change[] {
  const beforeKeys = new Set(before.map(({ effect }) => scopeKey(effect)));
  const afterKeys = new Set(after.map(({ effect }) => scopeKey(effect)));
  const gone = before.filter(({ effect }) => !afterKeys.has(scopeKey(effect)));
  const explained = new Set<ReachedEffect>();
  const changes = after
    .filter(({ effect }) => !beforeKeys.has(scopeKey(effect)))
    .flatMap((now): Change[] => {
      const container = gone.find(({ effect }) => allows(effect, now.effect));
      if (container) {
        explained.add(container);
        return [changed('narrowed', container, now)];
      }
      // Less than something that is still there: nothing new.
      if (before.some(({ effect }) => allows(effect, now.effect))) return [];
      const closest = closestOf(before, gone, now);
      if (!closest) return [{ kind: 'added', effect: now.effect, attributes: [], path: [...now.path] }];
      explained.add(closest);
      return [changed('widened', closest, now)];
    });
  const removed = gone
    .filter((was) => !explained.has(was) && !after.some(({ effect }) => allows(effect, was.effect)))
    .map(({ effect }): Change => ({ kind: 'removed', effect, attributes: [], path: [] }));
  return [...changes, ...removed];
}

function changed(
  kind: 'narrowed' | 'widened',
  { effect: before }: ReachedEffect,
  { effect, path }: ReachedEffect,
): Change {
  return { kind, effect, attributes: attributeChanges(before, effect), path: [...path] };
}

/** Of the effects with the same operation and object: one that is gone rather than one that stays, with the fewest differences. */
function closestOf(
  before: readonly ReachedEffect[],
  gone: readonly ReachedEffect[],
  { effect: now }: ReachedEffect,
): ReachedEffect | undefined {
  const weigh = (was: ReachedEffect): number =>
    (gone.includes(was) ? 0 : 100) + attributeChanges(was.effect, now).filter(({ wider }) => wider).length;
  return before
    .filter(({ effect }) => effect.operation === now.operation && effect.object === now.object)
    .map((was) => ({ was, weight: weigh(was) }))
    .sort((a, b) => a.weight - b.weight)[0]?.was;
}
