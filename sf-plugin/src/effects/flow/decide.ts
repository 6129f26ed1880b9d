import type { PrunedBranch } from '@agent-readiness/protocol';
import type {
  Connector,
  Decision,
  FlowCondition,
  FlowElement,
  FlowStart,
  Outcome,
} from '../../extract/flow/flowFacts.ts';
import type { Constant } from '../../graph/agent.ts';
import type { Scope, State } from './scope.ts';

/** The ways out of an element: those that a run may take, and those that constants rule out. */
export interface Ways {
  readonly open: readonly Connector[];
  readonly pruned: readonly PrunedBranch[];
}

export function decide(element: FlowElement | FlowStart, state: State, scope: Scope): Ways {
  if (element.kind !== 'decision') return { open: element.connectors, pruned: [] };
  const open: Connector[] = [];
  const pruned: PrunedBranch[] = [];
  let taken: Verdict | undefined;
  for (const outcome of element.outcomes) {
    const verdict = taken ? { holds: false, because: taken.because } : weigh(outcome, state, scope);
    if (verdict.holds === false) pruned.push(...branch(element, outcome, verdict.because));
    else open.push(...outcome.connectors);
    if (!taken && verdict.holds === true) taken = verdict;
  }
  if (!taken) open.push(...element.defaultConnectors);
  else {
    const reason = `Decision "${element.label}" never takes the default outcome: ${taken.because}`;
    pruned.push(...element.defaultConnectors.map(({ place }) => ({ ...place, reason })));
  }
  return { open, pruned };
}

function branch(decision: Decision, outcome: Outcome, because: string): PrunedBranch[] {
  if (outcome.connectors.length === 0) return [];
  return [{ ...outcome.place, reason: `Decision "${decision.label}" never takes "${outcome.label}": ${because}` }];
}

interface Verdict {
  /** `undefined` where it depends on the run. */
  readonly holds: boolean | undefined;
  readonly because: string;
}

const open: Verdict = { holds: undefined, because: '' };

/** Ways to ask for the one condition there is; `not 1` is none of them. */
const single = /^(?:and|or|[\s(]*1[\s)]*)$/;

function weigh(outcome: Outcome, state: State, scope: Scope): Verdict {
  const verdicts = outcome.conditions.map((condition) => test(condition, state, scope));
  const written = outcome.logic.toLowerCase();
  const logic = verdicts.length === 1 && single.test(written) ? 'and' : written;
  const failed = verdicts.find(({ holds }) => holds === false);
  const allFail = verdicts.length > 0 && verdicts.every(({ holds }) => holds === false);
  if (failed && (logic === 'and' || (logic === 'or' && allFail))) return failed;
  if (outcome.asksMore || verdicts.length === 0) return open;
  const held = verdicts.find(({ holds }) => holds === true);
  const allHold = verdicts.every(({ holds }) => holds === true);
  return held && (logic === 'or' || (logic === 'and' && allHold)) ? held : open;
}

function test({ left, operator, right }: FlowCondition, state: State, scope: Scope): Verdict {
  const actual = scope.read(state, left).constant;
  const expected = scope.evaluate(state, right).constant;
  if (actual === undefined || expected === undefined) return open;
  const holds = compare(actual, operator, expected);
  return holds === undefined ? open : { holds, because: `${left} is always ${JSON.stringify(actual)}` };
}

/** Whether a comparison of constants holds; `undefined` where the platform's answer is not certain. */
function compare(actual: Constant, operator: string, expected: Constant): boolean | undefined {
  switch (operator) {
    case 'EqualTo':
      return equal(actual, expected);
    case 'NotEqualTo':
      return negate(equal(actual, expected));
    case 'IsNull':
      return expected === true ? isNull(actual) : expected === false ? negate(isNull(actual)) : undefined;
    case 'GreaterThan':
    case 'LessThan':
    case 'GreaterThanOrEqualTo':
    case 'LessThanOrEqualTo':
      return typeof actual === 'number' && typeof expected === 'number' ? order(actual, operator, expected) : undefined;
    default:
      return undefined;
  }
}

function order(actual: number, operator: string, expected: number): boolean | undefined {
  if (actual === expected) return isExact(actual) ? operator.endsWith('OrEqualTo') : undefined;
  return operator.startsWith('Greater') === actual > expected;
}

/** Texts that differ in case only, and nulls, are equal in some comparisons of the platform and not in others. */
function equal(actual: Constant, expected: Constant): boolean | undefined {
  if (actual === null || expected === null || typeof actual !== typeof expected) return undefined;
  if (typeof actual === 'string' && typeof expected === 'string' && actual !== expected) {
    return actual.trim().toLowerCase() === expected.trim().toLowerCase() ? undefined : false;
  }
  if (typeof actual === 'number' && actual === expected && !isExact(actual)) return undefined;
  return actual === expected;
}

/** Other numbers are only the nearest ones that JavaScript has to those in the flow. */
function isExact(number: number): boolean {
  return Number.isSafeInteger(number);
}

/** An empty text counts as null in some comparisons of the platform and not in others. */
function isNull(actual: Constant): boolean | undefined {
  if (actual === null) return true;
  return actual === '' ? undefined : false;
}

function negate(holds: boolean | undefined): boolean | undefined {
  return holds === undefined ? undefined : !holds;
}
