import type { ChangeKind, Place, Severity } from '@agent-readiness/protocol';
import type { Scope } from '../scope.ts';

/** What the people of a project have laid down, with the places where they did. */
export interface Policy {
  readonly failOn: Severity | undefined;
  readonly severities: ReadonlyMap<string, Severity>;
  /** By the id of the rule, then by the name of the option. */
  readonly ruleOptions: ReadonlyMap<string, Readonly<Record<string, number>>>;
  readonly diffFailOn: readonly ChangeKind[];
  /** How many days from now a waiver may hold at most. */
  readonly waiverDays: number;
  readonly agents: readonly AgentPolicy[];
  readonly waivers: readonly Waiver[];
}

export interface AgentPolicy {
  readonly name: string;
  readonly place: Place;
  readonly owner: string | undefined;
  readonly budget: Budget | undefined;
  readonly actions: readonly ActionPolicy[];
}

export interface ActionPolicy {
  readonly name: string;
  readonly place: Place;
  readonly budget: Budget;
}

/** Everything that may happen; `place` is where a further entry would stand. */
export interface Budget {
  readonly place: Place;
  readonly allowed: readonly Scope[];
}

/** Findings that somebody answers for until a day. Names may hold `*`. */
export interface Waiver {
  readonly place: Place;
  readonly rule: string;
  readonly agent: string;
  readonly action: string | undefined;
  readonly effect: string | undefined;
  readonly reason: string;
  readonly owner: string | undefined;
  readonly approver: string;
  /** The last day on which it holds. */
  readonly expires: string;
}

/** What holds where a project has laid down nothing. */
export const noPolicy: Policy = {
  failOn: undefined,
  severities: new Map(),
  ruleOptions: new Map(),
  diffFailOn: ['added', 'widened'],
  waiverDays: 90,
  agents: [],
  waivers: [],
};
