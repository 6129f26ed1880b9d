import type { Hop } from '@agent-readiness/protocol';
import { findWeakestRoutes, type Edge, type Route } from '../weakestRoutes.ts';
import type { Directory } from './directory.ts';
import type { ScriptTrust } from './scriptTrust.ts';
import { subagentHop, type Subagent } from './subagent.ts';

/** The way to each subagent that the conversation can reach, up to and with its own block. */
export type Routes = ReadonlyMap<Subagent, Route>;

/** From `start_agent`; without one, everything counts as reached. */
export function findRoutes(
  subagents: readonly Subagent[],
  directory: Directory,
  agentHop: Hop,
  trust: ScriptTrust,
): Routes {
  const starts = subagents.filter(({ kind }) => kind === 'start_agent');
  const edges = new Map(subagents.map((subagent) => [subagent, edgesFrom(subagent, directory, trust)]));
  return findWeakestRoutes(
    (starts.length > 0 ? starts : subagents).map((to) => ({ to, gate: 'none', hops: [agentHop, subagentHop(to)] })),
    (subagent) => edges.get(subagent) ?? [],
  );
}

function edgesFrom({ behaviour }: Subagent, directory: Directory, trust: ScriptTrust): readonly Edge<Subagent>[] {
  const connected = behaviour.invocations.filter(({ target }) => target.namespace === 'connected_subagent');
  return [...behaviour.jumps, ...connected].flatMap(({ target, guard, hops }) =>
    directory.subagents(target).map((to) => ({ to, gate: trust.gateOf(guard), hops: [...hops, subagentHop(to)] })),
  );
}
