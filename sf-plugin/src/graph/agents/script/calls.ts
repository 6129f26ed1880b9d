import type { Hop, Place } from '@agent-readiness/protocol';
import type { ActionBinding } from '../../agent.ts';
import { bindInvocation } from './bindings.ts';
import type { ActionDefinition } from './definition.ts';
import { findRoutes, resolveSubagents } from './reachability.ts';
import { referenceOf, type Reference } from './reading.ts';
import { isCustomNode, type Subagent } from './subagent.ts';
import type { Trust } from './variables.ts';

export interface Calls {
  /** From the agent to each subagent that the conversation can reach. */
  readonly routes: ReadonlyMap<Subagent, readonly Hop[]>;
  /** What the conversation can call, with the ways to it in the order of the text. */
  readonly bindings: ReadonlyMap<ActionDefinition, readonly ActionBinding[]>;
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

/** Follows every call and every transition of a script from its start. */
export function resolveCalls(subagents: readonly Subagent[], agentHop: Hop, trust: Trust): Calls {
  const routes = new Map(
    [...findRoutes(subagents)].map(([subagent, hops]) => [subagent, [agentHop, ...hops]] as const),
  );
  const bindings = new Map<ActionDefinition, ActionBinding[]>();
  for (const subagent of subagents) {
    const route = routes.get(subagent);
    if (!route) continue;
    for (const call of subagent.behaviour.invocations) {
      for (const callee of resolve(call.target, subagent, subagents)) {
        push(bindings, callee, bindInvocation(call, callee, route, trust));
      }
    }
    if (isCustomNode(subagent)) offerBoundActions(subagent, route, trust, bindings);
  }
  return { routes, bindings, problems: subagents.flatMap((subagent) => unresolved(subagent, subagents)) };
}

/** A node of a custom type offers the actions whose inputs are bound where they are defined. */
function offerBoundActions(
  { definitions }: Subagent,
  route: readonly Hop[],
  trust: Trust,
  bindings: Map<ActionDefinition, ActionBinding[]>,
): void {
  for (const definition of definitions.filter(({ inputs }) => inputs.some(({ bound }) => bound))) {
    const { name, place } = definition;
    const target = { namespace: 'actions', name, place };
    const hops = [{ ...place, label: `offers ${name}` }];
    const call = { target, place, mode: 'model', guard: undefined, inputs: [], hops } as const;
    push(bindings, definition, bindInvocation(call, definition, route, trust));
  }
}

function resolve(target: Reference, caller: Subagent, subagents: readonly Subagent[]): readonly ActionDefinition[] {
  if (target.namespace === 'connected_subagent') {
    return resolveSubagents(target, subagents).flatMap(({ definitions }) => definitions);
  }
  // A connected agent has no actions of its own: what runs after its answer may be anybody's.
  const isConnected = caller.kind === 'connected_subagent';
  const scope = isConnected ? subagents.filter(({ kind }) => kind !== 'connected_subagent') : [caller];
  const defined = definitionsNamed(target.name, scope);
  return defined.length > 0 ? defined : definitionsNamed(boundName(target.name, caller), scope);
}

function definitionsNamed(name: string | undefined, scope: readonly Subagent[]): readonly ActionDefinition[] {
  return scope.flatMap(({ definitions }) => definitions.filter((definition) => definition.name === name));
}

/** `@actions.x` may also mean what `reasoning.actions` offers as `x`. */
function boundName(name: string, { offers }: Subagent): string | undefined {
  const reference = referenceOf(offers.find(({ key }) => key === name)?.value);
  return reference?.namespace === 'actions' ? reference.name : undefined;
}

function unresolved(caller: Subagent, subagents: readonly Subagent[]): Calls['problems'] {
  const { invocations, jumps } = caller.behaviour;
  return [
    ...invocations
      .filter(({ target }) => resolve(target, caller, subagents).length === 0)
      .map(({ target }) => ({ place: target.place, reason: `"${target.name}" is called here, but not defined` })),
    ...jumps
      .filter(({ target }) => resolveSubagents(target, subagents).length === 0)
      .map(({ target }) => ({ place: target.place, reason: `there is no subagent "${target.name}"` })),
  ];
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
