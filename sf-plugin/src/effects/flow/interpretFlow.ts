import type { Connector, FlowElement } from '../../extract/flow/flowFacts.ts';
import { decide } from './decide.ts';
import { execute, type Setting } from './execute.ts';
import type { FlowGraph, Node } from './flowGraph.ts';
import type { State } from './scope.ts';
import { changes, type Selector } from './selection.ts';
import { times, type Size } from '../size.ts';
import { joinValues, sizeOf, type Value } from './value.ts';

/** After so many visits of one element, a size that still grows is called unbounded. */
const visitsBeforeWidening = 6;

/** After so many, nothing is taken for known there: long chains of values around a cycle end early. */
const maxVisits = 12;

export interface Interpretation {
  /** What holds before an element runs; `undefined` where no run comes to it. */
  before(node: Node): State | undefined;
  /**
   * How often one run of the flow comes to an element.
   *
   * @param selectors count only the loops and cycles that change one of these
   */
  runs(node: Node, selectors?: readonly Selector[]): Size;
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
  const waiting = new Set<Node>();

  const arrive = (node: Node, state: State): void => {
    const known = before.get(node);
    const count = visits.get(node) ?? 0;
    const joined = known ? joinStates(known, state, count > visitsBeforeWidening) : state;
    if (joined === known || known === scope.anything) return;
    before.set(node, count > maxVisits ? scope.anything : joined);
    waiting.add(node);
  };

  const runs = (node: Node, selectors?: readonly Selector[]): Size => {
    const matters = (nodes: readonly Node[]): boolean =>
      !selectors || selectors.some((selector) => nodes.some((each) => changes(each, selector)));
    const around = graph.loopsAround(node);
    if ([node, ...around].some((each) => graph.isOnCycle(each)) && matters(graph.onCycles)) return 'unbounded';
    return around
      .filter((loop) => matters([loop, ...graph.bodyOf(loop)]))
      .map((loop) => loopSizes.get(loop) ?? 0)
      .reduce(times, 1);
  };

  const leave = (connectors: readonly Connector[], state: State, after: State): void => {
    // A fault may come before or after the element has done its work.
    const onFault = connectors.some(isFault) ? joinStates(after, state, false) : after;
    for (const connector of connectors) {
      const next = graph.target(connector);
      if (next) arrive(next, isFault(connector) ? onFault : after);
    }
  };

  const run = (element: FlowElement, state: State): void => {
    if (element.kind === 'loop') {
      const size = sizeOf(scope.read(state, element.collection));
      const grown = size !== loopSizes.get(element);
      loopSizes.set(element, size);
      if (grown) for (const node of graph.bodyOf(element)) if (before.has(node)) waiting.add(node);
    }
    const after = execute(element, state, runs(element), setting);
    leave(decide(element, state, scope).open, state, after);
  };

  before.set(graph.start, scope.initial);
  leave(graph.start.connectors, scope.initial, scope.initial);
  for (const element of graph.detached) arrive(element, scope.anything);
  while (waiting.size > 0) {
    for (const element of graph.order) {
      const state = waiting.delete(element) ? before.get(element) : undefined;
      if (!state) continue;
      visits.set(element, (visits.get(element) ?? 0) + 1);
      run(element, state);
    }
  }
  return { before: (node) => before.get(node), runs };
}

function isFault({ role }: Connector): boolean {
  return role === 'faultConnector';
}

/** `known` itself where `other` adds nothing. What only one of the ways has filled is that. */
function joinStates(known: State, other: State, widen: boolean): State {
  if (known === other) return known;
  let joined: Map<string, Value> | undefined;
  for (const [root, value] of other) {
    const had = known.get(root);
    const has = had ? joinValues(had, value, widen) : value;
    if (has === had) continue;
    joined ??= new Map(known);
    joined.set(root, has);
  }
  return joined ?? known;
}
