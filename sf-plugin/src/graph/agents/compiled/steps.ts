import type { GraphNode, CallList } from '../../../extract/agents/graph/agentGraph.ts';
import type { GraphCall } from '../../../extract/agents/graph/graphCall.ts';
import { sourcesOf, type Sources } from './expression.ts';

/** A call in a node, its condition and assignments resolved to what they depend on. */
export interface Step {
  readonly node: GraphNode;
  readonly list: CallList;
  readonly call: GraphCall;
  /** The model decides whether the call happens. */
  readonly byModel: boolean;
  /** Of the condition; `undefined` where there is none. */
  readonly enabled: Sources | undefined;
  readonly writes: readonly Write[];
}

/** An assignment: of which variable, from what. */
export interface Write {
  readonly variable: string;
  readonly sources: Sources;
}

/** Variables that the compiler makes up; those named here only steer the conversation. */
const temporary = 'AgentScriptInternal_';
const steering = new Set([`${temporary}next_topic`, `${temporary}agent_instructions`]);

/** All calls of all nodes, in order. */
export function readSteps(nodes: readonly GraphNode[]): Step[] {
  let count = 0;
  const fresh = (name: string): string => `${name}#${++count}`;
  return nodes.flatMap((node) => node.lists.flatMap((list) => readList(node, list, fresh)));
}

/**
 * The compiler keeps the condition of every `if` in the same temporary variable, assigned just
 * before it is used. A list runs from top to bottom, so each assignment is a variable of its own
 * until the next one; without this, one condition would taint every other.
 */
function readList(node: GraphNode, list: CallList, fresh: (name: string) => string): Step[] {
  const latest = new Map<string, string>();
  const resolve = ({ state, ...rest }: Sources): Sources => ({
    state: state.filter((name) => !steering.has(name)).map((name) => latest.get(name) ?? name),
    ...rest,
  });
  // A list that belongs to a tool runs when the model calls the tool.
  const byModel = list.phase === 'tools' || list.tool !== undefined;
  return list.calls.map((call) => {
    const enabled = call.enabled && resolve(sourcesOf(call.enabled));
    const writes = call.updates.flatMap(({ name, value }): Write[] => {
      if (steering.has(name)) return [];
      const sources = resolve(sourcesOf(value));
      if (!name.startsWith(temporary)) return [{ variable: name, sources }];
      const symbol = fresh(name);
      latest.set(name, symbol);
      // Another list may read it under its plain name.
      return [
        { variable: symbol, sources },
        { variable: name, sources },
      ];
    });
    return { node, list, call, byModel, enabled, writes };
  });
}
