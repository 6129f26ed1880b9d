import type { ChosenBy, Gate } from '@agent-readiness/protocol';
import type { Expression, Item } from '../../../extract/agentScript/ast.ts';
import type { Constant } from '../../agent.ts';
import { both, open, readCondition, type Alternatives, type Condition, type Dialect } from '../trust/condition.ts';
import { literalOf } from '../trust/expressions.ts';
import { returnedBy } from '../trust/returned.ts';
import { isReturned, modelSources, unite, type CallSite, type Sources } from '../trust/sources.ts';
import { readTrust, type Assignment } from '../trust/trust.ts';
import type { Guard, Invocation, Write } from './behaviour.ts';
import { passedInputs } from './bindings.ts';
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
  const conditions = readGuards(
    subagents.flatMap(({ behaviour }) => behaviour.guards),
    constantOf,
  );
  const conditionOf = (guard: Guard | undefined): Condition => (guard && conditions.get(guard)) ?? open;
  const trust = readTrust({
    assignments: [
      // A linked variable is read-only: a script that writes one does not compile.
      ...writes
        .filter(({ variable }) => !variables.get(variable)?.linked)
        .map((write) => toAssignment(write, conditionOf)),
      ...subagents.flatMap((caller) =>
        caller.behaviour.invocations.map((call) => ({
          to: call,
          from: returnedByCall(call, caller, directory),
          byModel: false,
          guard: open,
        })),
      ),
    ],
    conditions: [...conditions.values()],
    filledBy: (name) => {
      const variable = variables.get(name);
      return variable === undefined ? 'model' : variable.linked ? 'linked' : 'derived';
    },
  });
  return {
    chosenBy: (value, call) => (constantOf(value) === undefined ? trust.chosenBy(sourcesOf(value, call)) : 'constant'),
    constantOf,
    gateOf: (guard) => trust.gateOf(conditionOf(guard)),
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

/** @param guards outer ones before those inside them */
function readGuards(guards: readonly Guard[], constantOf: Dialect['constantOf']): ReadonlyMap<Guard, Condition> {
  const read = new Map<Expression, Alternatives>();
  const conditions = new Map<Guard, Condition>();
  for (const guard of guards) {
    const { condition, negated, call, outer } = guard;
    const dialect = {
      constantOf,
      sourcesOf: (part: Expression) => (isUnderstood(part) ? sourcesOf(part, call) : undefined),
    };
    const own = read.get(condition) ?? readCondition(condition, dialect);
    read.set(condition, own);
    conditions.set(guard, both((outer && conditions.get(outer)) ?? open, negated ? own.fails : own.holds));
  }
  return conditions;
}

function toAssignment(write: Write, conditionOf: (guard: Guard | undefined) => Condition): Assignment {
  const { variable, value, call, guardInCallback } = write;
  const from = sourcesOf(value, call);
  // Whether the call happens may be up to the model; what it returns is not.
  if (isReturned(from)) return { to: variable, from, byModel: false, guard: conditionOf(guardInCallback) };
  return { to: variable, from, byModel: write.byModel, guard: conditionOf(write.guard) };
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
