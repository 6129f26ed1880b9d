import type { Expression } from '../../../extract/agentScript/ast.ts';
import type { Constant } from '../../agent.ts';
import type { Sources } from './sources.ts';

/**
 * A condition as far as it matters who can make it true. `open` always holds, or is not understood
 * and therefore stops nobody; `shut` never holds. The parts of `all` and `any` are neither.
 */
export type Condition =
  | { readonly kind: 'open' }
  | { readonly kind: 'shut' }
  | { readonly kind: 'test'; readonly sources: Sources }
  | { readonly kind: 'all'; readonly parts: readonly [Condition, Condition] }
  | { readonly kind: 'any'; readonly parts: readonly [Condition, Condition] };

/** A condition and its opposite: `not (a and b)` holds as soon as one of them does not. */
export interface Alternatives {
  readonly holds: Condition;
  readonly fails: Condition;
}

export const open: Condition = { kind: 'open' };
export const shut: Condition = { kind: 'shut' };

/** How a language names its values. */
export interface Dialect {
  /** `undefined` where a part could not be read. */
  readonly sourcesOf: (expression: Expression) => Sources | undefined;
  /** The value, where nothing that happens in the conversation can change it. */
  readonly constantOf: (expression: Expression) => Constant | undefined;
  /** What a variable stands for that only holds a condition, or steers; `undefined` for anything else. */
  readonly meaningOf?: (expression: Expression) => Alternatives | undefined;
}

/** Who must agree to a condition. Recursive, because the parsers bound the nesting; chains are not. */
export function readCondition(expression: Expression, dialect: Dialect): Alternatives {
  const meaning = dialect.meaningOf?.(expression);
  if (meaning) return meaning;
  if (expression.kind === 'unary' && expression.operator === 'not') {
    return opposite(readCondition(expression.operand, dialect));
  }
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const parts = chainOf(expression, expression.operator).map((part) => readCondition(part, dialect));
    return parts.reduce(expression.operator === 'and' ? conjunction : disjunction);
  }
  const value = evaluate(expression, dialect);
  if (value !== undefined) return value ? { holds: open, fails: shut } : { holds: shut, fails: open };
  const test = toTest(dialect.sourcesOf(expression));
  return { holds: test, fails: test };
}

/**
 * The model can make a test come out as it likes as soon as one of its operands is its own: it reads
 * the other side in the conversation, or is told it, and supplies a value that fits.
 */
export function toTest(sources: Sources | undefined): Condition {
  // What is not understood, and what depends on nothing that changes, is no gate.
  const isDecidedAtRunTime = sources && (sources.origins.length > 0 || sources.chosenBy !== 'derived');
  return isDecidedAtRunTime ? { kind: 'test', sources } : open;
}

/** Open as soon as the model has any say in the sources, shut where nothing can change them. */
export function toInfluence(sources: Sources): Condition {
  const test = toTest(sources);
  return test.kind === 'open' ? shut : test;
}

/** Both stand in front: as strong as the stronger one. */
export function both(a: Condition, b: Condition): Condition {
  if (a.kind === 'open' || b.kind === 'shut') return b;
  if (b.kind === 'open' || a.kind === 'shut') return a;
  return { kind: 'all', parts: [a, b] };
}

/** Either opens the way: as strong as the weaker one. */
export function either(a: Condition, b: Condition): Condition {
  if (a.kind === 'shut' || b.kind === 'open') return b;
  if (b.kind === 'shut' || a.kind === 'open') return a;
  return { kind: 'any', parts: [a, b] };
}

function opposite({ holds, fails }: Alternatives): Alternatives {
  return { holds: fails, fails: holds };
}

function conjunction(a: Alternatives, b: Alternatives): Alternatives {
  return { holds: both(a.holds, b.holds), fails: either(a.fails, b.fails) };
}

function disjunction(a: Alternatives, b: Alternatives): Alternatives {
  return opposite(conjunction(opposite(a), opposite(b)));
}

/** The operands of `a and b and …`, which the parser leaves as a deep tree, in their order. */
function chainOf(expression: Expression, operator: 'and' | 'or'): Expression[] {
  const operands: Expression[] = [];
  let rest = expression;
  for (; rest.kind === 'binary' && rest.operator === operator; rest = rest.left) operands.push(rest.right);
  return [rest, ...operands.reverse()];
}

/** Whether a condition over values that nothing can change holds; `undefined` where that is not certain. */
function evaluate(expression: Expression, { constantOf }: Dialect): boolean | undefined {
  const value = constantOf(expression);
  if (value !== undefined) return Boolean(value);
  if (expression.kind !== 'binary') return undefined;
  const compare = comparisons.get(expression.operator);
  const left = compare && constantOf(expression.left);
  const right = compare && constantOf(expression.right);
  if (left === undefined || right === undefined) return undefined;
  // How the platform compares a text with a number is not documented.
  const isComparable = left === null || right === null || typeof left === typeof right;
  return isComparable ? compare?.(left, right) : undefined;
}

const comparisons: ReadonlyMap<string, (left: Constant, right: Constant) => boolean> = new Map([
  ['==', (left, right) => left === right],
  ['is', (left, right) => left === right],
  ['!=', (left, right) => left !== right],
  ['is not', (left, right) => left !== right],
]);
