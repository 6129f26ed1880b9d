import type { Hop } from '@agent-readiness/protocol';
import type { AgentGraphFacts, GraphNode } from '../../../extract/agents/graph/agentGraph.ts';

/** The shortest way to each node that the conversation can reach. */
export type Routes = ReadonlyMap<GraphNode, readonly Hop[]>;

/** Breadth first from the initial node; without one that exists, every node counts as reached. */
export function findRoutes({ nodes, initialNodes }: AgentGraphFacts, origin: Hop): Routes {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const starts = initialNodes.flatMap((name) => byName.get(name) ?? []);
  const routes = new Map<GraphNode, readonly Hop[]>();
  for (const node of starts.length > 0 ? starts : nodes) routes.set(node, [origin, nodeHop(node)]);
  // A map iterates over what is added while it is iterated: it is the queue of the search.
  for (const [node, route] of routes) {
    for (const call of node.lists.flatMap(({ calls }) => calls)) {
      const next = byName.get(call.target);
      if (!next || routes.has(next)) continue;
      routes.set(next, [...route, { ...call.place, label: `transition to ${next.name}` }, nodeHop(next)]);
    }
  }
  return routes;
}

function nodeHop({ kind, name, place }: GraphNode): Hop {
  return { ...place, label: `${kind} ${name}` };
}
