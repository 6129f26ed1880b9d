import type { Connector, FlowElement, FlowFacts, FlowStart } from '../../extract/flow/flowFacts.ts';

export type Node = FlowElement | FlowStart;
type Loop = Extract<FlowElement, { kind: 'loop' }>;

/** The elements of a flow as connectors join them. */
export interface FlowGraph {
  readonly start: FlowStart;
  /** Where a connector leads; `undefined` where the flow has no such element. */
  target(connector: Connector): FlowElement | undefined;
  /**
   * Elements that may run without any connector leading to them: the faults of a group, something of
   * an unknown kind without a name, or all of them where the flow does not say where it starts.
   */
  readonly detached: readonly FlowElement[];
  /** Every element, those that lead to others first as far as there are no cycles. */
  readonly order: readonly FlowElement[];
  readonly loops: readonly Loop[];
  /** The loops whose body an element stands in. */
  loopsAround(node: Node): readonly Loop[];
  /** The elements in the body of a loop. */
  bodyOf(loop: Loop): readonly Node[];
  /** Connectors lead from the element back to it other than through the items of a loop. */
  isOnCycle(node: Node): boolean;
  /** All that runs on such cycles, the bodies of loops on them included. */
  readonly onCycles: readonly Node[];
}

export function buildFlowGraph(facts: FlowFacts): FlowGraph {
  const { start, elements } = facts;
  const byName = new Map(elements.flatMap((each) => (each.name === '' ? [] : [[each.name.toLowerCase(), each]])));
  const target = (connector: Connector): FlowElement | undefined => byName.get(connector.target.toLowerCase());
  const after = (node: Node, follows: (connector: Connector) => boolean): FlowElement[] =>
    node.connectors.flatMap((connector) => (follows(connector) ? (target(connector) ?? []) : []));

  const nodes: readonly Node[] = [start, ...elements];
  const before = new Map<Node, Node[]>(nodes.map((node) => [node, []]));
  for (const node of nodes) for (const next of after(node, () => true)) before.get(next)?.push(node);

  const loops = elements.filter((each) => each.kind === 'loop');
  const bodies = new Map<Loop, Node[]>();
  const around = new Map<Node, Loop[]>(nodes.map((node) => [node, []]));
  for (const loop of loops) {
    const forward = closure(after(loop, isNextValue), (node) => (node === loop ? [] : after(node, () => true)));
    const backward = closure(before.get(loop) ?? [], (node) => (node === loop ? [] : (before.get(node) ?? [])));
    const body = nodes.filter((node) => node !== loop && forward.has(node) && backward.has(node));
    bodies.set(loop, body);
    for (const node of body) around.get(node)?.push(loop);
  }
  const onCycle = nodesOnCycles(nodes, (node) => after(node, (connector) => !isNextValue(connector)));
  return {
    start,
    target,
    detached: elements.filter((each) => start.isMissing || each.tag === 'groups' || each.name === ''),
    order: inOrder([start, ...elements], (node) => after(node, () => true)).filter((node) => node.kind !== 'start'),
    loops,
    loopsAround: (node) => around.get(node) ?? [],
    bodyOf: (loop) => bodies.get(loop) ?? [],
    isOnCycle: (node) => onCycle.has(node),
    onCycles: nodes.filter((node) => [node, ...(around.get(node) ?? [])].some((each) => onCycle.has(each))),
  };
}

/** Reverse postorder: what is worked through in it meets every element after what leads to it. */
function inOrder(nodes: readonly Node[], next: (node: Node) => readonly Node[]): Node[] {
  const finished: Node[] = [];
  const seen = new Set<Node>();
  for (const root of nodes) {
    if (seen.has(root)) continue;
    seen.add(root);
    const stack = [{ node: root, left: [...next(root)] }];
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const following = top.left.pop();
      if (following === undefined) {
        finished.push(top.node);
        stack.pop();
      } else if (!seen.has(following)) {
        seen.add(following);
        stack.push({ node: following, left: [...next(following)] });
      }
    }
  }
  return finished.reverse();
}

function isNextValue({ role }: Connector): boolean {
  return role === 'nextValueConnector';
}

function closure(from: readonly Node[], next: (node: Node) => readonly Node[]): Set<Node> {
  const seen = new Set<Node>(from);
  // A set may grow while it is walked.
  for (const node of seen) for (const each of next(node)) seen.add(each);
  return seen;
}

/**
 * Nodes on a cycle, and those between two cycles, which cost little to call cyclic too: what is left
 * once nodes that nothing leads to, or that lead nowhere, are taken away one after the other.
 */
function nodesOnCycles(nodes: readonly Node[], next: (node: Node) => readonly Node[]): Set<Node> {
  const edges = nodes.flatMap((from) => next(from).map((to) => ({ from, to })));
  const left = new Set(nodes);
  for (const [tail, head] of [['from', 'to'] as const, ['to', 'from'] as const]) {
    const live = edges.filter((edge) => left.has(edge.from) && left.has(edge.to));
    const arrivals = new Map<Node, number>();
    const departures = new Map<Node, Node[]>();
    for (const edge of live) {
      arrivals.set(edge[head], (arrivals.get(edge[head]) ?? 0) + 1);
      const list = departures.get(edge[tail]);
      if (list) list.push(edge[head]);
      else departures.set(edge[tail], [edge[head]]);
    }
    const free = [...left].filter((node) => !arrivals.has(node));
    for (let node = free.pop(); node; node = free.pop()) {
      left.delete(node);
      for (const each of departures.get(node) ?? []) {
        const remaining = (arrivals.get(each) ?? 0) - 1;
        arrivals.set(each, remaining);
        if (remaining === 0) free.push(each);
      }
    }
  }
  return left;
}
