import type { Hop } from '@agent-readiness/protocol';
import type { Directory } from './directory.ts';
import { subagentHop, type Subagent } from './subagent.ts';

/** The shortest way to each subagent that the conversation can reach, up to and with its own block. */
export type Routes = ReadonlyMap<Subagent, readonly Hop[]>;

/** Breadth-first from `start_agent`; without one, everything counts as reached. */
export function findRoutes(subagents: readonly Subagent[], directory: Directory, agentHop: Hop): Routes {
  const starts = subagents.filter(({ kind }) => kind === 'start_agent');
  const routes = new Map<Subagent, readonly Hop[]>();
  for (const start of starts.length > 0 ? starts : subagents) routes.set(start, [agentHop, subagentHop(start)]);
  // A map iterates over what is added while it is iterated: it is the queue of the search.
  for (const [subagent, route] of routes) {
    const { jumps, invocations } = subagent.behaviour;
    const connected = invocations.filter(({ target }) => target.namespace === 'connected_subagent');
    for (const { target, hops } of [...jumps, ...connected]) {
      for (const next of directory.subagents(target)) {
        if (!routes.has(next)) routes.set(next, [...route, ...hops, subagentHop(next)]);
      }
    }
  }
  return routes;
}
