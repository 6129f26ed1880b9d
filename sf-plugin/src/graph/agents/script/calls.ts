import type { Hop, Place } from '@agent-readiness/protocol';
import type { ActionBinding } from '../../agent.ts';
import { groupBy } from '../groupBy.ts';
import type { Invocation } from './behaviour.ts';
import { bindInvocation } from './bindings.ts';
import type { ActionDefinition } from './definition.ts';
import type { Directory } from './directory.ts';
import { findRoutes, type Routes } from './reachability.ts';
import { isCustomNode, type Subagent } from './subagent.ts';
import type { ScriptTrust } from './scriptTrust.ts';

export interface Calls {
  readonly routes: Routes;
  /** What the conversation can call. */
  readonly called: ReadonlyMap<ActionDefinition, Called>;
  readonly problems: readonly { readonly place: Place; readonly reason: string }[];
}

/** How one action is called; the calls with the shortest route come first. */
interface Called {
  readonly bindings: readonly ActionBinding[];
  /** The names under which the model knows the action, which tests use as well. */
  readonly names: readonly string[];
}

/** Follows every call and every transition of a script from its start. */
export function resolveCalls(
  subagents: readonly Subagent[],
  directory: Directory,
  agentHop: Hop,
  trust: ScriptTrust,
): Calls {
  const routes = findRoutes(subagents, directory, agentHop, trust);
  const made = [...routes].flatMap(([subagent, route]) => {
    const written = subagent.behaviour.invocations.flatMap((call) =>
      directory.callees(call.target, subagent).map((callee) => ({ call, callee })),
    );
    const all = isCustomNode(subagent) ? [...written, ...offeredByDefinition(subagent)] : written;
    return all.map(({ call, callee }) => {
      return { callee, names: call.offeredAs, binding: bindInvocation(call, callee, route, trust) };
    });
  });
  const called = [...groupBy(made, ({ callee }) => callee)].map(([callee, calls]) => {
    const names = [...new Set(calls.flatMap((each) => each.names))];
    return [callee, { bindings: calls.map(({ binding }) => binding), names }] as const;
  });
  return {
    routes,
    called: new Map(called),
    problems: subagents.flatMap((subagent) => unresolved(subagent, directory)),
  };
}

/** A node of a custom type offers the actions whose inputs are bound where they are defined. */
function offeredByDefinition({ definitions }: Subagent): readonly { call: Invocation; callee: ActionDefinition }[] {
  return definitions
    .filter(({ inputs }) => inputs.some(({ bound }) => bound))
    .map((callee) => {
      const { name, place } = callee;
      const target = { namespace: 'actions', name, place };
      const hops = [{ ...place, label: `offers ${name}` }];
      const unguarded = { guard: undefined, call: undefined };
      return { callee, call: { ...unguarded, target, place, mode: 'model', offeredAs: [], inputs: [], hops } };
    });
}

function unresolved(caller: Subagent, directory: Directory): Calls['problems'] {
  const { invocations, jumps } = caller.behaviour;
  return [
    ...invocations
      .filter(({ target }) => directory.callees(target, caller).length === 0)
      .map(({ target }) => ({ place: target.place, reason: `"${target.name}" is called here, but not defined` })),
    ...jumps
      .filter(({ target }) => directory.subagents(target).length === 0)
      .map(({ target }) => ({ place: target.place, reason: `there is no subagent "${target.name}"` })),
  ];
}
