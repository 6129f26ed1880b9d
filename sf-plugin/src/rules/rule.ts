import type { Category, Effect, Place, Severity } from '@agent-readiness/protocol';
import type { Agent, AgentAction } from '../graph/agent.ts';

/** What one action of one agent can do: the unit that rules query. */
export interface Capability {
  readonly agent: Agent;
  readonly action: AgentAction;
  readonly effects: readonly Effect[];
}

/** An action name that an agent test expects to be called. */
export interface ExpectedAction {
  /** Empty where the test does not name its agent. */
  readonly agent: string;
  readonly action: string;
  readonly place: Place;
}

/** Everything a rule may look at. */
export interface RuleInput {
  readonly capabilities: readonly Capability[];
  readonly expectedActions: readonly ExpectedAction[];
}

/** One thing a rule found. Without an effect it is about the action itself. */
export interface Violation {
  readonly capability: Capability;
  readonly effect?: Effect;
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
  check(input: RuleInput): readonly Violation[];
}
