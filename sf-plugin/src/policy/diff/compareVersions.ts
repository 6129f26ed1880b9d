import { isMore, type AgentReport, type EffectChange, type RunsAsChange } from '@agent-readiness/protocol';
import { scopeKey } from '../scope.ts';
import { actionEffects, actionKey } from './actionEffects.ts';
import { compareEffects } from './compareEffects.ts';

/** The agents of one side: those that are live as far as metadata tells, and all other versions of them in source. */
export interface Versions {
  readonly live: readonly AgentReport[];
  readonly others: readonly AgentReport[];
}

/**
 * What versions that are not live can do now and could not before: with a higher number beside it, or a script that
 * says otherwise, a version would change unseen. Each is compared with itself, a new one with all there were.
 */
export function moreInVersions(before: Versions, after: Versions): EffectChange[] {
  const known = [...before.live, ...before.others];
  return after.others.flatMap((version) => {
    const itself = known.filter((each) => versionKey(each) === versionKey(version));
    const was = actionEffects({ agents: itself.length > 0 ? itself : known });
    const { changes } = compareEffects(was, actionEffects({ agents: [version] }));
    return changes.filter(({ kind }) => isMore(kind));
  });
}

/** Each change once: what a version shares with the live one is told there. */
export function distinctChanges(changes: readonly EffectChange[]): EffectChange[] {
  const keyOf = (change: EffectChange): string => JSON.stringify([actionKey(change), scopeKey(change.effect)]);
  return [...new Map(changes.map((change) => [keyOf(change), change] as const).reverse()).values()].reverse();
}

/** Agents that act in the name of another user: as whom is the same identity, and may be allowed more. */
export function runsAsChanges(before: readonly AgentReport[], after: readonly AgentReport[]): RunsAsChange[] {
  const usersOf = (agents: readonly AgentReport[], name: string): string =>
    [...new Set(agents.filter((each) => each.name === name).map(({ runsAs = '' }) => runsAs))].sort().join(', ');
  const names = new Set(after.map(({ name }) => name).filter((name) => before.some((each) => each.name === name)));
  return [...names].flatMap((agent) => {
    const [from, to] = [usersOf(before, agent), usersOf(after, agent)];
    return from === to ? [] : [{ agent, from, to }];
  });
}

function versionKey({ name, generation, version }: AgentReport): string {
  return JSON.stringify([name, generation, version]);
}
