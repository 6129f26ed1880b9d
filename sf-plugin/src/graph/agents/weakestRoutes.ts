import { gateSchema, type Gate, type Hop } from '@agent-readiness/protocol';
import { strongestGate } from './gate.ts';

/** A way from the agent to a part of it, and the strongest gate that stands on it. */
export interface Route {
  readonly hops: readonly Hop[];
  readonly gate: Gate;
}

/** A step from one part of an agent to another. */
export interface Edge<T> {
  readonly to: T;
  readonly gate: Gate;
  readonly hops: readonly Hop[];
}

/**
 * For each part that the conversation can reach, the route that stops the model least; of several,
 * the shortest. A gate that every route must pass is one of the part itself.
 */
export function findWeakestRoutes<T>(
  starts: readonly Edge<T>[],
  edgesOf: (from: T) => readonly Edge<T>[],
): ReadonlyMap<T, Route> {
  const found = new Map<T, Route>();
  // With the gates up to one strength passed, what is reached first lies behind one of that strength.
  for (const strength of gateSchema.options) {
    const isPassed = ({ gate }: Edge<T>): boolean => strongestGate([gate, strength]) === strength;
    for (const [part, hops] of shortestRoutes(starts.filter(isPassed), (from) => edgesOf(from).filter(isPassed))) {
      if (!found.has(part)) found.set(part, { hops, gate: strength });
    }
  }
  return found;
}

/** Breadth first. */
function shortestRoutes<T>(
  starts: readonly Edge<T>[],
  edgesOf: (from: T) => readonly Edge<T>[],
): ReadonlyMap<T, readonly Hop[]> {
  const routes = new Map<T, readonly Hop[]>();
  for (const { to, hops } of starts) routes.set(to, hops);
  // A map iterates over what is added while it is iterated: it is the queue of the search.
  for (const [from, route] of routes) {
    for (const { to, hops } of edgesOf(from)) if (!routes.has(to)) routes.set(to, [...route, ...hops]);
  }
  return routes;
}
