import type { Connector, FlowElement } from '../../extract/flow/flowFacts.ts';
import { decide } from './decide.ts';
import { execute, type Setting } from './execute.ts';
import type { FlowGraph, Node } from './flowGraph.ts';
import type { State } from './scope.ts';
import { times, type Size } from './size.ts';
import { joinValues, sizeOf } from './value.ts';

/** After so many visits of one element, a size that still grows is called unbounded. */
const visitsBeforeWidening = 8;

export interface Interpretation {
  /** What holds before an element runs; `undefined` where no run comes to it. */
  before(node: Node): State | undefined;
  /** How often one run of the flow comes to an element it comes to. */
  runs(node: Node): Size;
}

/**
 * Runs a flow on what is known before the run, along every connector that no constant rules out,
 * until nothing new can hold anywhere.
 */
export function interpretFlow(graph: FlowGraph, setting: Setting): Interpretation {
  const { scope } = setting;
  const before = new Map<Node, State>();
  const visits = new Map<Node, number>();
  const loopSizes = new Map<Node, Size>();
  const queue = new Set<Node>();

  const arrive = (node: Node, state: State): void => {
    const known = before.get(node);
    const joined = known ? joinStates(known, state, (visits.get(node) ?? 0) > visitsBeforeWidening) : state;
    if (joined === known) return;
    before.set(node, joined);
    queue.add(node);
  };

  const runs = (node: Node): Size => {
    const around = graph.loopsAround(node);
    if ([node, ...around].some(graph.isOnCycle)) return 'unbounded';
    return around.map((loop) => loopSizes.get(loop) ?? 0).reduce(times, 1);
  };

  const leave = (connectors: readonly Connector[], state: State, onFault: State): void => {
    for (const connector of connectors) {
      const next = graph.target(connector);
      if (next) arrive(next, connector.role === 'faultConnector' ? onFault : state);
    }
  };

  const run = (element: FlowElement, state: State): void => {
    if (element.kind === 'loop') {
      const size = sizeOf(scope.read(state, element.collection));
      const grown = size !== loopSizes.get(element);
      loopSizes.set(element, size);
      if (grown) for (const node of graph.bodyOf(element)) if (before.has(node)) queue.add(node);
    }
    const after = execute(element, state, runs(element), setting);
    const { open } = decide(element, state, scope);
    // A fault may come before or after the element has done its work.
    leave(open, after, joinStates(after, state, false));
  };

  before.set(graph.start, scope.initial);
  leave(graph.start.connectors, scope.initial, scope.initial);
  for (const element of graph.detached) arrive(element, scope.anything);
  for (const node of queue) {
    queue.delete(node);
    visits.set(node, (visits.get(node) ?? 0) + 1);
    const state = before.get(node);
    if (state && node.kind !== 'start') run(node, state);
  }
  return { before: (node) => before.get(node), runs };
}

/** `known` itself where `other` adds nothing. What only one of the ways has filled is that. */
function joinStates(known: State, other: State, widen: boolean): State {
  if (known === other) return known;
  let joined: Map<string, ReturnType<typeof joinValues>> | undefined;
  for (const [root, value] of other) {
    const had = known.get(root);
    const has = had ? joinValues(had, value, widen) : value;
    if (has === had) continue;
    joined ??= new Map(known);
    joined.set(root, has);
  }
  return joined ?? known;
}
