import type { Place, PrunedBranch } from '@agent-readiness/protocol';
import type { FlowFacts } from '../../extract/flow/flowFacts.ts';
import type { Call, CallContext, Expansion, LocalEffect } from '../model.ts';
import type { LoopSources } from './assign.ts';
import { decide } from './decide.ts';
import { toCall } from './flowCallees.ts';
import { buildFlowGraph, type FlowGraph, type Node } from './flowGraph.ts';
import { identityOf } from './flowIdentity.ts';
import type { FlowLookups } from './flowLookups.ts';
import { effectOfWrite, effectsOfAssignment } from './flowWrites.ts';
import { interpretFlow } from './interpretFlow.ts';
import { parseReference } from './reference.ts';
import { createScope } from './scope.ts';
import { selectorsOf } from './selection.ts';
import { times, type Size } from '../size.ts';

/**
 * What a flow does itself and what it starts, in the order of its file.
 *
 * Only what connectors reach from the start counts. What the context says about inputs decides over
 * branches (`pruned`) and over who chooses a value. A record-triggered flow takes what is known of
 * its record from the input `$Record`.
 */
export function expandFlow(facts: FlowFacts, context: CallContext, lookups: FlowLookups): Expansion {
  const graph = buildFlowGraph(facts);
  const scope = createScope(facts, context, lookups);
  const flow = interpretFlow(graph, { scope, lookups, loops: loopSources(graph) });
  const repeats = context.repeats ?? 1;
  const identity = identityOf(facts, context.identity);
  const effects: LocalEffect[] = [];
  const isLost = facts.start.isMissing && facts.elements.length > 0;
  const calls: Call[] = isLost ? [opaque(facts, facts.start, facts.place, 'has no start')] : [];
  const pruned: PrunedBranch[] = [];
  for (const node of [facts.start, ...facts.elements]) {
    const state = flow.before(node);
    if (!state) continue;
    const repeated = (runs: Size): Size => (runs === 0 ? repeats : times(repeats, runs));
    const setting = { state, scope, lookups, runs: repeated(flow.runs(node)), identity };
    if (node.kind === 'create' || node.kind === 'update' || node.kind === 'delete') {
      effects.push(effectOfWrite(node, { ...setting, runs: repeated(flow.runs(node, selectorsOf(node, scope))) }));
    }
    if (node.kind === 'assignment') effects.push(...effectsOfAssignment(node, facts.start, setting));
    if (node.kind === 'unknown')
      calls.push(opaque(facts, node, node.place, `is an element of an unknown kind, ${node.tag}`));
    calls.push(...node.calls.map((call) => toCall(call, setting)));
    const ways = decide(node, state, scope);
    pruned.push(...ways.pruned);
    for (const connector of ways.open) {
      if (!graph.target(connector)) {
        calls.push(opaque(facts, node, connector.place, `leads to ${connector.target}, which the flow does not have`));
      }
    }
  }
  return { effects, calls, pruned };
}

/** Something in the flow that may do anything, because it is not understood. */
function opaque(facts: FlowFacts, node: Node, place: Place, reason: string): Call {
  const name = node.name === '' ? facts.name : `${facts.name}.${node.name}`;
  return {
    callee: { kind: 'opaque', type: node.tag, name },
    context: { identity: 'system', isEntry: false, inputs: {}, otherInputs: 'model' },
    cause: 'call',
    certainty: 'opaque',
    place,
    label: `${name} ${reason}`,
  };
}

function loopSources({ loops }: FlowGraph): LoopSources {
  const sources = new Map<string, string[]>();
  for (const { name, variable, collection } of loops) {
    const { root, member } = parseReference(collection);
    if (member !== '') continue;
    for (const item of new Set([name.toLowerCase(), (variable ?? name).toLowerCase()])) {
      sources.set(item, [...(sources.get(item) ?? []), root]);
    }
  }
  return sources;
}
