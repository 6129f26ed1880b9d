import type {
  Certainty,
  ChosenBy,
  Extent,
  Gate,
  Identity,
  Operation,
  Place,
  PrunedBranch,
  Reversibility,
} from '@agent-readiness/protocol';
import type { Constant } from '../graph/agent.ts';

/** What is known about a value before the run: who chooses it, and what it is where that is certain. */
export interface AbstractValue {
  readonly chosenBy: ChosenBy;
  readonly constant?: Constant;
  /** How a text starts whose end is not known. */
  readonly prefix?: string;
  /** The type, object or field of Apex that the value names. */
  readonly token?: string;
  /** Apex type name where it is narrower than the declared one (`List<Contact>` for a `List<SObject>`). */
  readonly type?: string;
  /** How many records a collection holds at most; absent where that is not known. */
  readonly size?: Size;
  /** What is known of a record's fields, or of those of the records in a collection, sorted by name. */
  readonly fields?: Readonly<Record<string, AbstractValue>>;
  /** `own`: no other fields are set; `stored`: a query set the others. Absent where they are not known. */
  readonly content?: 'own' | 'stored';
  /** The object is of `type` itself, not of a subclass. */
  readonly isExact?: true;
}

/** An upper bound of a number of records or of runs. */
export type Size = number | 'children-of-one' | 'unbounded';

/** A thing that runs: the nodes between an action and its effects. Names are API names. */
export type Callable =
  | { readonly kind: 'flow'; readonly name: string }
  | {
      readonly kind: 'apex-class';
      readonly name: string;
      readonly entry: 'invocable' | 'rest' | 'aura' | 'flow-plugin';
    }
  | { readonly kind: 'apex-method'; readonly name: string; readonly method: string; readonly signature: string }
  | { readonly kind: 'trigger'; readonly name: string; readonly event: string }
  | { readonly kind: 'prompt-template'; readonly name: string }
  | { readonly kind: 'external-service'; readonly name: string }
  | { readonly kind: 'standard-action'; readonly name: string }
  | { readonly kind: 'quick-action'; readonly name: string }
  /** What the platform does by itself once `fields` of a record, or of `many`, of an object were written. */
  | {
      readonly kind: 'record-event';
      readonly name: string;
      readonly event: RecordEvent;
      readonly many: boolean;
      readonly fields: readonly string[];
    }
  | { readonly kind: 'opaque'; readonly type: string; readonly name: string };

/**
 * `cascade-delete`: deleted together with the parent that the lookup in `fields` names. The platform then deletes
 * further children, but runs no trigger and no flow.
 */
export type RecordEvent = 'create' | 'update' | 'delete' | 'undelete' | 'publish' | 'cascade-delete';

/** The circumstances of a call that change what the callee does. */
export interface CallContext {
  /** The mode the callee runs in when it does not choose one itself. */
  readonly identity: Identity;
  /** True only for the first callable behind an action: Apex entry points have defaults of their own. */
  readonly isEntry: boolean;
  /** Inputs by API name (flow variable, invocable request field) or `#0`, `#1` for method parameters. */
  readonly inputs: Readonly<Record<string, AbstractValue>>;
  /** Who chooses an input that `inputs` does not name. */
  readonly otherInputs: ChosenBy;
  /** How often one run of the action makes this call at most; absent for once. */
  readonly repeats?: Size;
}

/** One effect of one callable itself, before the path to it is known. */
export interface LocalEffect {
  readonly operation: Operation;
  readonly object: string;
  readonly fields: readonly string[];
  readonly extent: Extent;
  readonly extentLimit?: number;
  readonly identity: Identity;
  readonly chosenBy: ChosenBy;
  readonly reversibility: Reversibility;
  readonly certainty: Certainty;
  readonly place: Place;
  readonly label: string;
  readonly manner?: Manner;
  /** What the source says of its gate; absent where it has only that of the action. */
  readonly gate?: Gate;
}

/** How an effect comes about: no part of what the action can change, but what rules on reliability and latency ask. */
export interface Manner {
  /** In a flow: a fault here ends the flow, because no fault connector leads on. */
  readonly hasNoFaultPath?: true;
  /** How long a callout waits for its answer at most, in ms; absent where that is not known. */
  readonly timeoutMs?: number;
  /** Nothing sets the timeout of the callout, so that `timeoutMs` is the default of the platform. */
  readonly hasDefaultTimeout?: true;
}

export interface Call {
  readonly callee: Callable;
  readonly context: CallContext;
  /** `automation` and `cascade` calls are caused by a write, not written down as a call. */
  readonly cause: 'call' | 'automation' | 'cascade';
  readonly certainty: Certainty;
  readonly place: Place;
  readonly label: string;
  /** That of the write that causes it. */
  readonly gate?: Gate;
}

/** What one callable does in one context. */
export interface Expansion {
  readonly effects: readonly LocalEffect[];
  readonly calls: readonly Call[];
  readonly pruned: readonly PrunedBranch[];
}

/**
 * Knows what callables of one or more kinds do. Returns `undefined` where the target is not in source.
 *
 * @param site where the call is written; the place of an effect whose callee has no source of its own
 */
export type Expander = (callable: Callable, context: CallContext, site: Place) => Expansion | undefined;
