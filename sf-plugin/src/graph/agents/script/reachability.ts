import type { Hop } from '@agent-readiness/protocol';
import type { Reference } from './reading.ts';
import { subagentHop, type Subagent } from './subagent.ts';

/** The shortest way to each subagent that the conversation can reach, up to and with its own block. */
export type Routes = ReadonlyMap<Subagent, readonly Hop[]>;

/** Breadth-first from `start_agent`; without one, everything counts as reached. */
export function findRoutes(subagents: readonly Subagent[]): Routes {
  const starts = subagents.filter(({ kind }) => kind === 'start_agent');
  const routes = new Map<Subagent, readonly Hop[]>();
  for (const subagent of starts.length > 0 ? starts : subagents) routes.set(subagent, [subagentHop(subagent)]);
  // A map iterates over what is added while it is iterated: it is the queue of the search.
  for (const [subagent, route] of routes) {
    const { jumps, invocations } = subagent.behaviour;
    const connected = invocations.filter(({ target }) => target.namespace === 'connected_subagent');
    for (const { target, hops } of [...jumps, ...connected]) {
      for (const next of resolveSubagents(target, subagents)) {
        if (!routes.has(next)) routes.set(next, [...route, ...hops, subagentHop(next)]);
      }
    }
  }
  return routes;
}

/** The subagents a reference means; more than one only where a name is used twice. */
export function resolveSubagents(target: Reference, subagents: readonly Subagent[]): readonly Subagent[] {
  const isConnected = target.namespace === 'connected_subagent';
  return subagents.filter(
    ({ kind, name }) =>
      name === target.name && (target.namespace === undefined || (kind === 'connected_subagent') === isConnected),
  );
}
