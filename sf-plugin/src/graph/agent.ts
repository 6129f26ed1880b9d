import type { ChosenBy, Confirmation, Gate, Generation, Hop, Place } from '@agent-readiness/protocol';

/** A value an agent binds to an input, where it is known before the run. */
export type Constant = string | number | boolean | null;

/** Who fills one input of an action. An input without a binding is filled by the model. */
export interface InputBinding {
  readonly name: string;
  readonly chosenBy: ChosenBy;
  /** Present exactly when `chosenBy` is `constant`. */
  readonly constant?: Constant;
  readonly place: Place;
}

/** One way in which the agent can call an action. An action without bindings is not reachable. */
export interface ActionBinding {
  readonly place: Place;
  /** `deterministic`: a `run` that the script performs without the model choosing it. */
  readonly invocation: 'model' | 'deterministic';
  readonly gate: Gate;
  /** Where the gate is a confirmation: a guard that the model cannot open stands in front as well. */
  readonly isAlsoGuarded?: true;
  readonly inputs: readonly InputBinding[];
  /** From the agent to the action: agent, topic, binding. */
  readonly path: readonly Hop[];
}

/** What an action invokes; `type` as in `invocationTargetType` or the Agent Script scheme. */
export interface ActionTarget {
  readonly type: string;
  readonly name: string;
  readonly place: Place;
}

export interface AgentAction {
  readonly name: string;
  /** Names by which tests and rules may call it besides `name` (labels, source templates, full names). */
  readonly aliases: readonly string[];
  /** Empty for actions of the planner itself and for entry flows. */
  readonly topic: string;
  /** `entry`: not offered to the model, started by the channel (outbound, escalation, dialog step). */
  readonly role: 'action' | 'entry';
  readonly place: Place;
  readonly target: ActionTarget;
  readonly confirmation: Confirmation;
  readonly bindings: readonly ActionBinding[];
}

/** An agent as one version of its metadata defines it, whatever the generation of that metadata. */
export interface Agent {
  readonly name: string;
  readonly generation: Generation;
  /** As written in the metadata (`v2`, `3`), empty where the generation has none. */
  readonly version: string;
  readonly place: Place;
  readonly runsAs?: string;
  /** As the metadata spells it, e.g. `EinsteinServiceAgent`. */
  readonly agentType?: string;
  /** A way in which the conversation can be given to a person; absent where the source shows none. */
  readonly escalation?: Place;
  /** Whether conversations are logged, where the source says. */
  readonly conversationLog?: ConversationLog;
  readonly actions: readonly AgentAction[];
  /** Where another part of the source contradicts what was analysed. */
  readonly drifts?: readonly Drift[];
}

export interface ConversationLog {
  readonly isOn: boolean;
  readonly place: Place;
}

/** Two places that should say the same. `draft`: what was published is another; `copy`: the bundle's copy is another. */
export interface Drift {
  readonly kind: 'draft' | 'copy';
  /** What is compared, e.g. `topic Order_Management`. */
  readonly subject: string;
  /** How the one that was analysed differs, in words; never empty. */
  readonly differences: readonly string[];
  readonly analysed: Place;
  readonly other: Place;
}

/** Something in an agent's metadata that was not understood; it becomes an opaque effect. */
export interface AgentProblem {
  readonly agent: string;
  readonly place: Place;
  readonly reason: string;
}
