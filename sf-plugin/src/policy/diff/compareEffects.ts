import type { AttributeChange, EffectChange, EffectDiff } from '@agent-readiness/protocol';
import { allows, scopeKey } from '../scope.ts';
import { actionKey, type ActionEffects, type ReachedEffect } from './actionEffects.ts';
import { attributeChanges, choosesWithin } from './attributes.ts';

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
  const isChooserKnown = [...before, ...after].every(({ chosenBy }) => chosenBy !== undefined);
  const keyOf = ({ effect, chosenBy }: ReachedEffect): string =>
    scopeKey(effect) + (isChooserKnown ? (chosenBy ?? '') : '');
  const beforeKeys = new Set(before.map(keyOf));
  const afterKeys = new Set(after.map(keyOf));
  const gone = before.filter((was) => !afterKeys.has(keyOf(was)));
  const explained = new Set<ReachedEffect>();
  const changes = after
    .filter((now) => !beforeKeys.has(keyOf(now)))
    .flatMap((now): Change[] => {
      const container = gone.find((was) => contains(was, now));
      if (container) {
        explained.add(container);
        return [changed('narrowed', container, now)];
      }
      // Less than something that is still there: nothing new.
      if (before.some((was) => contains(was, now))) return [];
      const closest = closestOf(before, gone, now);
      if (!closest) return [{ kind: 'added', effect: now.effect, attributes: [], path: [...now.path] }];
      explained.add(closest);
      return [changed('widened', closest, now)];
    });
  const removed = gone
    .filter((was) => !explained.has(was) && !after.some((now) => contains(now, was)))
    .map(({ effect }): Change => ({ kind: 'removed', effect, attributes: [], path: [] }));
  return [...changes, ...removed];
}

function contains(outer: ReachedEffect, inner: ReachedEffect): boolean {
  return allows(outer.effect, inner.effect) && choosesWithin(outer, inner);
}

function changed(kind: 'narrowed' | 'widened', before: ReachedEffect, after: ReachedEffect): Change {
  return { kind, effect: after.effect, attributes: differencesOf(before, after), path: [...after.path] };
}

function differencesOf(before: ReachedEffect, after: ReachedEffect): AttributeChange[] {
  return attributeChanges(
    { ...before.effect, chosenBy: before.chosenBy },
    { ...after.effect, chosenBy: after.chosenBy },
  );
}

/** Of the effects with the same operation and object: one that is gone rather than one that stays, with the fewest differences. */
function closestOf(
  before: readonly ReachedEffect[],
  gone: readonly ReachedEffect[],
  now: ReachedEffect,
): ReachedEffect | undefined {
  const weigh = (was: ReachedEffect): number =>
    (gone.includes(was) ? 0 : 100) + differencesOf(was, now).filter(({ wider }) => wider).length;
  return before
    .filter(({ effect }) => effect.operation === now.effect.operation && effect.object === now.effect.object)
    .map((was) => ({ was, weight: weigh(was) }))
    .sort((a, b) => a.weight - b.weight)[0]?.was;
}
