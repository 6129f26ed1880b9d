import { chosenBySchema, type ChosenBy, type Gate } from '@agent-readiness/protocol';
import type { Expression, Item } from '../../../extract/agentScript/ast.ts';
import type { Constant } from '../../agent.ts';
import { strongestGate } from '../gate.ts';
import { groupBy } from '../groupBy.ts';
import type { Guard, Write } from './behaviour.ts';
import { bodyOf, entriesOf, textNamed } from './reading.ts';
import { sourcesOf, type Sources } from './sources.ts';

interface Variable {
  readonly linked: boolean;
  /** The caller of the agent may set it before the conversation starts. */
  readonly external: boolean;
  readonly initial: Expression | undefined;
}

/** Who chooses the values in a script, and which of its guards the model can open itself. */
export interface Trust {
  chosenBy(value: Expression): ChosenBy;
  /** The value, where nothing that happens in the conversation can change it. */
  constantOf(value: Expression): Constant | undefined;
  gateOf(guard: Guard | undefined): Gate;
}

/** A variable that the model can set, or a condition that it can decide. */
type Decided = string | Guard;

/**
 * Follows the values the model supplies through the variables of a script.
 *
 * A variable is the model's to set when the model supplies a value for it (`...`, `collect`), when
 * it is assigned in a binding that the model chooses to call, when it is assigned from the outputs
 * of an action or from such a variable, or when a condition over such a variable decides whether it
 * is assigned. Over-approximated: neither the order of the statements nor reachability counts.
 *
 * @param script the items of the whole script
 * @param guards outer ones before those inside them
 */
export function readTrust(script: readonly Item[], writes: readonly Write[], guards: readonly Guard[]): Trust {
  const variables = readVariables(script);
  const written = new Set(writes.map(({ variable }) => variable));
  const settable = modelSettable(variables, writes, guards);
  const variableChosenBy = (name: string): ChosenBy => {
    const variable = variables.get(name);
    if (variable?.linked) return 'linked';
    return variable === undefined || settable.has(name) ? 'model' : 'derived';
  };
  const worst = (sources: Sources): ChosenBy =>
    leastTrusted([sources.chosenBy, ...sources.variables.map(variableChosenBy)]);

  const constantOf = (value: Expression): Constant | undefined => {
    const literal = literalOf(value);
    if (literal !== undefined) return literal;
    const name = variableName(value);
    const variable = name === undefined || written.has(name) ? undefined : variables.get(name);
    if (!variable?.initial || variable.linked || variable.external) return undefined;
    return literalOf(variable.initial);
  };

  const gates = new Map<Guard, Gate>();
  for (const guard of guards) {
    const outer = guard.outer ? (gates.get(guard.outer) ?? 'none') : 'none';
    gates.set(guard, strongestGate([outer, gateOfCondition(sourcesOf(guard.condition), worst)]));
  }

  return {
    chosenBy: (value) => (constantOf(value) === undefined ? worst(sourcesOf(value)) : 'constant'),
    constantOf,
    gateOf: (guard) => (guard && gates.get(guard)) ?? 'none',
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

function modelSettable(
  variables: ReadonlyMap<string, Variable>,
  writes: readonly Write[],
  guards: readonly Guard[],
): ReadonlySet<Decided> {
  const decided = new Set<Decided>();
  const edges: { from: Decided; to: Decided }[] = [];
  const feed = (sources: Sources, to: Decided): void => {
    if (sources.chosenBy === 'model' || sources.variables.some((name) => !variables.has(name))) decided.add(to);
    for (const from of sources.variables) edges.push({ from, to });
  };
  for (const guard of guards) {
    feed(sourcesOf(guard.condition), guard);
    if (guard.outer) edges.push({ from: guard.outer, to: guard });
  }
  for (const { variable, value, byModel, guard } of writes) {
    // A linked variable is read-only: a script that writes one does not compile.
    if (variables.get(variable)?.linked) continue;
    if (byModel) decided.add(variable);
    feed(sourcesOf(value), variable);
    if (guard) edges.push({ from: guard, to: variable });
  }
  const followers = groupBy(edges, ({ from }) => from);
  // A set iterates over what is added while it is iterated: this goes on until nothing new is decided.
  for (const from of decided) for (const { to } of followers.get(from) ?? []) decided.add(to);
  return decided;
}

/** A condition without a variable in it, or with a part that was not understood, is no gate. */
function gateOfCondition(sources: Sources, worst: (sources: Sources) => ChosenBy): Gate {
  if (!sources.understood) return 'none';
  const chosenBy = worst(sources);
  if (chosenBy === 'model') return 'self-grantable';
  const isDecidedAtRunTime = sources.variables.length > 0 || chosenBy === 'linked';
  return isDecidedAtRunTime ? 'guarded' : 'none';
}

/** The kinds are declared most trusted first. */
function leastTrusted(kinds: readonly ChosenBy[]): ChosenBy {
  return chosenBySchema.options.findLast((kind) => kinds.includes(kind)) ?? 'constant';
}

/** The value of a literal, where it is a single one. */
function literalOf(value: Expression): Constant | undefined {
  switch (value.kind) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'datetime':
      return value.value;
    case 'none':
      return null;
    case 'unary':
      return value.operator === '-' && value.operand.kind === 'number' ? -value.operand.value : undefined;
    default:
      return undefined;
  }
}

function variableName(value: Expression): string | undefined {
  const isVariable = value.kind === 'member' && value.object.kind === 'namespace' && value.object.name === 'variables';
  return isVariable ? value.name : undefined;
}
