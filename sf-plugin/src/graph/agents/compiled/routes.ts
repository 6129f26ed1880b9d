import type { Hop } from '@agent-readiness/protocol';
import type { AgentGraphFacts, GraphNode } from '../../../extract/agents/graph/agentGraph.ts';
import { groupBy } from '../groupBy.ts';
import { findWeakestRoutes, type Edge, type Route } from '../weakestRoutes.ts';
import type { Step } from './steps.ts';
import type { GraphTrust } from './trust.ts';

/** The way to each node that the conversation can reach. */
export type Routes = ReadonlyMap<GraphNode, Route>;

/** From the initial node; without one that exists, every node counts as reached. */
export function findRoutes(
  { nodes, initialNodes }: AgentGraphFacts,
  steps: readonly Step[],
  trust: GraphTrust,
  origin: Hop,
): Routes {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const starts = initialNodes.flatMap((name) => byName.get(name) ?? []);
  const edges = steps.flatMap(({ node, call, enabled }): (Edge<GraphNode> & { from: GraphNode })[] => {
    const to = byName.get(call.target);
    if (!to) return [];
    const hops = [{ ...call.place, label: `transition to ${to.name}` }, nodeHop(to)];
    return [{ from: node, to, gate: trust.gateOf(enabled), hops }];
  });
  const edgesOf = groupBy(edges, ({ from }) => from);
  return findWeakestRoutes(
    (starts.length > 0 ? starts : nodes).map((to) => ({ to, gate: 'none', hops: [origin, nodeHop(to)] })),
    (node) => edgesOf.get(node) ?? [],
  );
}

function nodeHop({ kind, name, place }: GraphNode): Hop {
  return { ...place, label: `${kind} ${name}` };
}
