import type { ChosenBy, Gate } from '@agent-readiness/protocol';
import type { Expression, Item } from '../../../extract/agentScript/ast.ts';
import type { Constant } from '../../agent.ts';
import {
  both,
  either,
  open,
  readCondition,
  shut,
  toInfluence,
  type Condition,
  type Dialect,
} from '../trust/condition.ts';
import { literalOf } from '../trust/expressions.ts';
import { returnedBy } from '../trust/returned.ts';
import { isReturned, modelSources, unite, type CallSite, type Sources } from '../trust/sources.ts';
import { readTrust, type Assignment } from '../trust/trust.ts';
import type { Guard, Invocation, Write } from './behaviour.ts';
import { passedInputs } from './passedInputs.ts';
import type { Directory } from './directory.ts';
import { bodyOf, entriesOf, textNamed } from './reading.ts';
import { isUnderstood, sourcesOf } from './sources.ts';
import type { Subagent } from './subagent.ts';

interface Variable {
  readonly linked: boolean;
  /** The caller of the agent may set it before the conversation starts. */
  readonly external: boolean;
  readonly initial: Expression | undefined;
}

/** Who chooses the values in a script, and which of its guards the model can open itself. */
export interface ScriptTrust {
  /** @param call whose outputs the value can name */
  chosenBy(value: Expression, call: CallSite | undefined): ChosenBy;
  /** The value, where nothing that happens in the conversation can change it. */
  constantOf(value: Expression): Constant | undefined;
  gateOf(guard: Guard | undefined): Gate;
}

/** @param script the items of the whole script */
export function readScriptTrust(
  script: readonly Item[],
  subagents: readonly Subagent[],
  directory: Directory,
): ScriptTrust {
  const variables = readVariables(script);
  const writes = subagents.flatMap(({ behaviour }) => behaviour.writes);
  const constantOf = constantsOf(variables, new Set(writes.map(({ variable }) => variable)));
  const guards = readGuards(
    subagents.flatMap(({ behaviour }) => behaviour.guards),
    constantOf,
  );
  const judge = (guard: Guard | undefined): Judged => (guard && guards.get(guard)) ?? unguarded;
  const trust = readTrust({
    assignments: [
      // A linked variable is read-only: a script that writes one does not compile.
      ...writes.filter(({ variable }) => !variables.get(variable)?.linked).map((write) => toAssignment(write, judge)),
      ...subagents.flatMap((caller) =>
        caller.behaviour.invocations.map((call) => ({
          to: call,
          from: returnedByCall(call, caller, directory),
          decidedBy: shut,
        })),
      ),
    ],
    conditions: [...guards.values()].map(({ condition }) => condition),
    filledBy: (name) => {
      const variable = variables.get(name);
      return variable === undefined ? 'model' : variable.linked ? 'linked' : 'derived';
    },
  });
  return {
    chosenBy: (value, call) => (constantOf(value) === undefined ? trust.chosenBy(sourcesOf(value, call)) : 'constant'),
    constantOf,
    gateOf: (guard) => trust.gateOf(judge(guard).condition),
  };
}

function readVariables(script: readonly Item[]): ReadonlyMap<string, Variable> {
  return new Map(
    entriesOf(bodyOf(script, 'variables')).map(({ key, modifier, initial, body }) => {
      const visibility = textNamed(body, 'visibility')?.toLowerCase();
      const external = visibility === 'external' || visibility === 'public';
      return [key, { linked: modifier === 'linked', external, initial }];
    }),
  );
}

function constantsOf(
  variables: ReadonlyMap<string, Variable>,
  written: ReadonlySet<string>,
): ScriptTrust['constantOf'] {
  return (value) => {
    const literal = literalOf(value);
    if (literal !== undefined) return literal;
    const name = variableName(value);
    const variable = name === undefined || written.has(name) ? undefined : variables.get(name);
    if (!variable?.initial || variable.linked || variable.external) return undefined;
    return literalOf(variable.initial);
  };
}

/** What a guard is worth, together with those around it. */
interface Judged {
  readonly condition: Condition;
  /** Of the condition, what the result of a call answers; all else may hold at any time. */
  readonly answer: Condition;
  /** Whether the model has any say in the condition. */
  readonly influence: Condition;
}

const unguarded: Judged = { condition: open, answer: open, influence: shut };

/** @param guards outer ones before those inside them */
function readGuards(guards: readonly Guard[], constantOf: Dialect['constantOf']): ReadonlyMap<Guard, Judged> {
  const judged = new Map<Guard, Judged>();
  for (const guard of guards) {
    const { condition, negated, call } = guard;
    const outer = (guard.outer && judged.get(guard.outer)) ?? unguarded;
    const read = (isRead: (sources: Sources) => boolean): Condition => {
      const sourcesOfPart = (part: Expression): Sources | undefined => {
        const sources = sourcesOf(part, call);
        return isUnderstood(part) && isRead(sources) ? sources : undefined;
      };
      const { holds, fails } = readCondition(condition, { constantOf, sourcesOf: sourcesOfPart });
      return negated ? fails : holds;
    };
    judged.set(guard, {
      condition: both(
        outer.condition,
        read(() => true),
      ),
      answer: both(outer.answer, read(isReturned)),
      influence: either(outer.influence, toInfluence(sourcesOf(condition, call))),
    });
  }
  return judged;
}

/**
 * The model decides on a value that it chooses to assign, or that is assigned when it says so, unless the result of a
 * call must agree. Other conditions do not help: they may hold from the start, as `step == 1` does in front of
 * `step = 2`.
 */
function toAssignment(write: Write, judge: (guard: Guard | undefined) => Judged): Assignment {
  const { variable: to, byModel } = write;
  const from = sourcesOf(write.value, write.call);
  const { answer } = judge(write.guard);
  // Whether the call happens may be up to the model; what it returns is not.
  if (isReturned(from)) return { to, from, decidedBy: both(answer, judge(write.guardInCallback).influence) };
  return { to, from, decidedBy: byModel ? answer : both(answer, judge(write.guard).influence) };
}

/** A name that is used twice means both; one that is not defined may mean anything. */
function returnedByCall(call: Invocation, caller: Subagent, directory: Directory): Sources {
  const callees = directory.callees(call.target, caller);
  if (callees.length === 0) return modelSources;
  return unite(
    callees.map((callee) =>
      returnedBy(
        callee.target,
        passedInputs(call, callee).map(({ value }) => (value ? sourcesOf(value, call.call) : modelSources)),
      ),
    ),
  );
}

function variableName(value: Expression): string | undefined {
  const isVariable = value.kind === 'member' && value.object.kind === 'namespace' && value.object.name === 'variables';
  return isVariable ? value.name : undefined;
}
