import type { Category, Effect, Hop, Place, Severity } from '@agent-readiness/protocol';
import type { ClassifiedField } from '../effects/classifiedFields.ts';
import type { Occurrence } from '../effects/closure.ts';
import type { Retry } from '../effects/retries.ts';
import type { Agent, AgentAction } from '../graph/agent.ts';

/** What one action of one agent can do: the unit that most rules query. */
export interface Capability {
  readonly agent: Agent;
  readonly action: AgentAction;
  readonly effects: readonly Effect[];
  readonly occurrences: readonly Occurrence[];
  /** Where the action tries again after a failure, if it makes callouts. */
  readonly retries: readonly Retry[];
  /** The fields with a classification that the action reads, where it also sends something out; sorted. */
  readonly classifiedFields: readonly ClassifiedField[];
}

/** An action name that an agent test expects to be called. */
export interface ExpectedAction {
  /** Empty where the test does not name its agent. */
  readonly agent: string;
  readonly action: string;
  readonly place: Place;
}

/** What one test case says to an agent. */
export interface TestedUtterance {
  /** Empty where the test does not name its agent. */
  readonly agent: string;
  readonly utterance: string;
  /** Empty where the case expects none. */
  readonly expectedTopic: string;
}

/** A task for the bridge, and the one action by which an offer says that it was handed off. */
export interface HandoffTask {
  readonly name: string;
  readonly by: { readonly agent: string; readonly topic: string; readonly action: string; readonly place: Place };
}

/** What people have laid down about the project besides its metadata. */
export interface PolicyFacts {
  /** Whoever answers for an agent; `undefined` where nobody is named. */
  ownerOf(agent: string): string | undefined;
  /** What the project set for an option of a rule; `undefined` where it set nothing. */
  optionOf(rule: string, option: string): number | undefined;
}

/** Everything a rule may look at. */
export interface RuleInput {
  readonly agents: readonly Agent[];
  readonly capabilities: readonly Capability[];
  readonly expectedActions: readonly ExpectedAction[];
  readonly testedUtterances: readonly TestedUtterance[];
  /** What can be handed to the bridge: the tasks of the project that are on and can be read. */
  readonly handoffTasks: readonly HandoffTask[];
  /** Whoever owns a file of the project, as its CODEOWNERS file says. */
  readonly codeOwners: (file: string) => readonly string[];
  /** The host behind a named credential of the project; `undefined` where the project does not say. */
  readonly hostOf: (namedCredential: string) => string | undefined;
  readonly policy?: PolicyFacts;
}

/** One thing a rule found. */
export interface Violation {
  readonly agent: Agent;
  /** Absent where it is about the agent as a whole. */
  readonly action?: AgentAction;
  /** The effect that it is about, if it is about one. */
  readonly effect?: Effect;
  /** Where it stands, if not where the effect does, or else the action, or else the agent. Never empty. */
  readonly path?: readonly Hop[];
  readonly message: string;
  readonly fix: string;
}

/** A named, pure query over the capabilities. Its page is `docs/rules/<id>.md`. */
export interface Rule {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One sentence: what the rule reports. */
  readonly summary: string;
  /** Numbers that a project may set in its policy, with what they are without that. */
  readonly options?: Readonly<Record<string, number>>;
  check(input: RuleInput): readonly Violation[];
}
