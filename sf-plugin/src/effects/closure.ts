import type { Certainty, Effect, Gate, Hop, OpaqueTarget, PrunedBranch } from '@agent-readiness/protocol';
import type { ActionBinding, AgentAction } from '../graph/agent.ts';
import { recordEventsOf } from './automation/recordEvents.ts';
import { containerOf } from './callableName.ts';
import { calleeKey, callKey } from './callKey.ts';
import { EffectSet } from './effectSet.ts';
import { lessSure, weakerGate } from './lattice.ts';
import type { AbstractValue, Call, Callable, CallContext, Expander, LocalEffect, Manner } from './model.ts';
import { reversibilityOf } from './reversibility.ts';
import { RuledOut } from './ruledOut.ts';

/**
 * A callable that is called in more contexts than this is analysed once more with nothing known
 * about its inputs, and that answer serves all further calls: less exact, never less complete.
 */
const maxContexts = 64;

/** What an action can do: the union over every way in which the agent can call it. */
export interface Closure {
  readonly effects: readonly Effect[];
  readonly pruned: readonly PrunedBranch[];
  readonly opaque: readonly OpaqueTarget[];
  /** Each place at which an effect comes about in a manner that rules ask for, by its shortest path. */
  readonly occurrences: readonly Occurrence[];
  /** What runs, other than through automation, by its shortest path. */
  readonly reached: readonly Reached[];
}

/** An effect at one place. */
export interface Occurrence extends Pick<LocalEffect, 'operation' | 'object' | 'extent' | 'certainty'> {
  readonly manner: Manner;
  /** In a transaction of its own, which nobody waits for. */
  readonly isLater: boolean;
  readonly path: readonly Hop[];
}

export interface Reached {
  readonly callable: Callable;
  readonly path: readonly Hop[];
}

/** A callable in a context, and how it was reached. */
interface State {
  readonly call: Call;
  readonly path: readonly Hop[];
  readonly certainty: Certainty;
  readonly gate: Gate;
  readonly cascade: boolean;
  /** Whether it stands in the invoked flow or class, and runs with the action. */
  readonly direct: boolean;
  readonly isLater: boolean;
}

/**
 * Follows an action through everything it calls, breadth first, so that the path kept for each
 * effect is a shortest one.
 *
 * A state is a callable in a context; each is expanded once, so cycles end.
 */
export function closeOver(action: AgentAction, target: Callable, expand: Expander): Closure {
  const effects = new EffectSet();
  const ruledOut = new RuledOut();
  const opaque = new Map<string, OpaqueTarget>();
  const occurrences = new Map<string, Occurrence>();
  const reached = new Map<string, Reached>();
  for (const binding of action.bindings) {
    exploreBinding(action, binding, target, expand, { effects, ruledOut, opaque, occurrences, reached });
  }
  return {
    effects: effects.toArray(),
    pruned: ruledOut.always().sort(comparePlaces),
    opaque: [...opaque.values()].sort(comparePlaces),
    occurrences: [...occurrences.values()],
    reached: [...reached.values()],
  };
}

interface Collected {
  readonly effects: EffectSet;
  readonly ruledOut: RuledOut;
  readonly opaque: Map<string, OpaqueTarget>;
  readonly occurrences: Map<string, Occurrence>;
  readonly reached: Map<string, Reached>;
}

function exploreBinding(
  action: AgentAction,
  binding: ActionBinding,
  target: Callable,
  expand: Expander,
  found: Collected,
): void {
  const entry = containerOf(target) ?? 'target';
  const contexts = new Map<string, number>();
  const seen = new Set<string>();
  const queue: State[] = [];

  const enqueue = (state: State): void => {
    const identityOfCallee = calleeKey(state.call.callee);
    const known = contexts.get(identityOfCallee) ?? 0;
    const call = known < maxContexts ? state.call : { ...state.call, context: withoutInputs(state.call.context) };
    const key = [callKey(call.callee, call.context), state.certainty, state.gate, state.cascade, state.direct].join(
      '|',
    );
    if (seen.has(key)) return;
    seen.add(key);
    contexts.set(identityOfCallee, known + 1);
    queue.push({ ...state, call });
  };

  enqueue({
    call: entryCall(action, binding, target),
    path: binding.path,
    certainty: 'proven',
    gate: binding.gate,
    cascade: false,
    direct: true,
    isLater: false,
  });
  // The queue grows while it is read.
  for (const state of queue) {
    const { callee, context } = state.call;
    const expansion = expand(callee, context, state.call.place);
    const reach = state.cascade ? 'cascade' : state.direct ? 'direct' : 'transitive';
    const record = (effect: LocalEffect): void => {
      const certainty = lessSure(effect.certainty, state.certainty);
      const gate = gateOf(effect, state.gate);
      found.effects.add({ ...effect, certainty }, { gate, reach, path: [...state.path, hop(effect)] });
      if (certainty === 'opaque') noteOpaque(found.opaque, callee, effect);
      if (effect.manner && !state.cascade) noteOccurrence(found.occurrences, { ...effect, certainty }, state);
    };
    const key = calleeKey(callee);
    if (!state.cascade && !found.reached.has(key)) found.reached.set(key, { callable: callee, path: state.path });
    if (!expansion) {
      record(unseen(state.call));
      continue;
    }
    found.ruledOut.add(key, expansion.pruned);
    for (const effect of expansion.effects) record(effect);
    const jobs = new Set(
      expansion.effects.filter(({ operation }) => operation === 'enqueue').map(({ place }) => JSON.stringify(place)),
    );
    // What the platform does after a write says itself what it starts in turn.
    const written = callee.kind === 'record-event' ? [] : expansion.effects;
    for (const call of [...expansion.calls, ...written.flatMap(recordEventsOf)]) {
      found.ruledOut.start(call.place);
      // A job is enqueued and called at one place.
      const isLater = state.isLater || (jobs.size > 0 && jobs.has(JSON.stringify(call.place)));
      enqueue({
        call,
        path: [...state.path, hop(call)],
        certainty: lessSure(call.certainty, state.certainty),
        gate: gateOf(call, state.gate),
        cascade: state.cascade || call.cause !== 'call',
        // A job runs when the action is over, also where a class is its own job.
        direct: !isLater && (containerOf(call.callee) ?? (state.direct ? entry : undefined)) === entry,
        isLater,
      });
    }
  }
}

function entryCall(action: AgentAction, binding: ActionBinding, callee: Callable): Call {
  const inputs: Record<string, AbstractValue> = {};
  for (const { name, chosenBy, constant } of binding.inputs) {
    inputs[name] = { chosenBy, ...(constant !== undefined && { constant }) };
  }
  return {
    callee,
    // An agent starts flows in the context of the user it runs as; Apex and flows may leave it.
    context: {
      identity: 'user',
      isEntry: true,
      inputs,
      // What no binding names is filled by the model, or by the channel where that starts the target itself.
      otherInputs: action.role === 'entry' ? 'linked' : 'model',
    },
    cause: 'call',
    certainty: 'proven',
    place: action.target.place,
    label: `${action.target.type} ${action.target.name}`,
  };
}

/** Whoever acts asks for an approval; any other gate is there only if it stands in front of the action. */
function gateOf({ gate }: { readonly gate?: Gate }, inFront: Gate): Gate {
  if (gate === undefined) return inFront;
  return gate === 'approval' ? gate : weakerGate(gate, inFront);
}

/** The effect of a callable that is not in source: anything, until somebody shows what. */
function unseen(call: Call): LocalEffect {
  return {
    operation: 'unknown',
    object: '*',
    fields: ['*'],
    extent: 'unbounded',
    identity: 'system',
    chosenBy: 'model',
    reversibility: reversibilityOf('unknown'),
    certainty: 'opaque',
    place: call.place,
    label: `${call.label} is not in the project or cannot be read`,
  };
}

function noteOpaque(opaque: Map<string, OpaqueTarget>, callee: Callable, effect: LocalEffect): void {
  const type = callee.kind === 'opaque' ? callee.type : callee.kind;
  const target = { ...effect.place, type, name: callee.name, reason: effect.label, candidates: [] };
  opaque.set(JSON.stringify(target), target);
}

function noteOccurrence(
  occurrences: Map<string, Occurrence>,
  { operation, object, extent, certainty, manner = {}, ...effect }: LocalEffect,
  { path, isLater }: State,
): void {
  const key = JSON.stringify([effect.place, operation, object, manner]);
  if (occurrences.has(key)) return;
  occurrences.set(key, { operation, object, extent, certainty, manner, isLater, path: [...path, hop(effect)] });
}

function withoutInputs(context: CallContext): CallContext {
  return { ...context, inputs: {}, otherInputs: 'model' };
}

function hop({ place, label }: Pick<LocalEffect, 'place' | 'label'>): Hop {
  return { ...place, label };
}

function comparePlaces(a: PrunedBranch, b: PrunedBranch): number {
  return compareText(a.file, b.file) || a.line - b.line || a.column - b.column || compareText(a.reason, b.reason);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
