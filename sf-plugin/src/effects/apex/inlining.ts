import type { ChosenBy } from '@agent-readiness/protocol';
import { lessTrusted } from '../lattice.ts';
import type { Statement } from '../../extract/apex/body.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import type { ClassInSource, MethodInSource } from './classWorld.ts';
import type { Frame, Machine } from './frame.ts';
import { give, type Given } from './given.ts';
import { observe, replay } from './outcome.ts';
import type { Outcomes } from './outcomes.ts';
import { narrowed } from './narrowing.ts';
import { silent } from './recorder.ts';
import { isInertClass } from './platformTypes.ts';
import { elementType, isGeneral, isPrimitive, parseType } from './typeNames.ts';
import type { Value } from './value.ts';
import { Variables } from './variables.ts';
import { chooserOf, plain } from './values.ts';
import { fold } from './fold.ts';

/*
 * What a call returns, and what it does to the objects given to it, is found out by running the
 * callee on them, without recording effects: these are recorded where the callee itself is expanded.
 * Where that would go too deep, the objects count as changed in ways not seen.
 */

/** The value of a call of one method. */
export function resultOf(
  machine: Machine,
  { owner, method }: MethodInSource,
  self: Value | undefined,
  args: readonly Value[],
  frame: Frame,
): Value {
  const chosenBy = chooserOfAll(self ? [self, ...args] : args);
  const declared = plain(method.returns, lessTrusted('derived', chosenBy), frame.loops.length);
  const { bounds, callees, leaks } = machine;
  if (!callees) return declared;
  const given = self ? [self, ...args] : args;
  const changes = given.some(isKnown) && callees.changes({ owner, method });
  if (!changes && !isTelling(method.returns) && !decides(method, args)) return declared;
  const { body } = method;
  if (body && !isCutShort(owner) && bounds.mayEnter(method, frame.inlined)) {
    if (isShort(body)) return runHere(machine, { owner, method }, body, self, args, frame) ?? declared;
    const values = give([self, ...args], frame.loops, leaks);
    if (values) return runOnce(machine, callees.outcomes, { owner, method }, body, values, frame) ?? declared;
  }
  if (changes) disclose(self, args);
  // What it returns may be, or hold, one of the objects given to it.
  else if (isTelling(method.returns)) leaks.addAll(given);
  return { ...declared, chosenBy: lessTrusted(declared.chosenBy, frame.otherInputs) };
}

/** What a method returns that is run on what it is given. */
function runHere(
  machine: Machine,
  { owner, method }: MethodInSource,
  body: readonly Statement[],
  self: Value | undefined,
  args: readonly (Value | undefined)[],
  frame: Frame,
): Value | undefined {
  const inner = innerFrame(machine, owner, method, self, args, frame);
  machine.bounds.enter(method, frame.inlined);
  machine.run(body, inner);
  machine.bounds.leave(method);
  return inner.returned && narrowed(machine.world, inner, inner.returned, method.returns);
}

/** The same for a method that was run, or will be, on what the interpreter cannot tell from what it is given. */
function runOnce(
  machine: Machine,
  outcomes: Outcomes,
  callee: MethodInSource,
  body: readonly Statement[],
  given: Given,
  frame: Frame,
): Value | undefined {
  const key = `${given.key}${frame.otherInputs}`;
  let outcome = outcomes.find(callee.method, key, frame.inlined);
  if (!outcome) {
    const caller = { ...frame, loops: [...given.loops] };
    const apart = machine.apart();
    outcome = observe(given, frame.inlined, machine.leaks, apart, ([self, ...args]) =>
      runHere(apart, callee, body, self, args, caller),
    );
    outcomes.keep(callee.method, key, frame.inlined, outcome);
  }
  machine.bounds.add({ ...outcome.effort, depth: frame.inlined + 1 + outcome.height });
  return replay(outcome, given, machine.leaks);
}

/** Running so few statements is less work than remembering what they did. */
const fewStatements = 8;

const short = new WeakMap<readonly Statement[], boolean>();

function isShort(body: readonly Statement[]): boolean {
  let answer = short.get(body);
  if (answer === undefined) {
    answer = statementsIn(body) <= fewStatements;
    short.set(body, answer);
  }
  return answer;
}

/** Of code in a file that could not be read in full, what was read may not be all that runs. */
function isCutShort({ summary }: ClassInSource): boolean {
  return summary.syntaxErrors.length > 0;
}

/** Runs field initialisers and constructors on a new object, so that its fields are known. */
export function construct(
  machine: Machine,
  owner: ClassInSource,
  constructor: ApexMethod | undefined,
  self: Value,
  args: readonly Value[],
  frame: Frame,
): void {
  if (!machine.callees) return;
  const key = constructor ?? owner.type;
  if (isCutShort(owner) || !machine.bounds.enter(key, frame.inlined)) {
    disclose(self, args);
    return;
  }
  const parent = implicitParent(machine, owner, constructor);
  if (parent) construct(machine, parent.owner, parent.constructor, self, [], frame);
  const inner = innerFrame(machine, owner, constructor, self, args, frame);
  self.heap?.enter(inner.region);
  initialize(machine, owner, self, innerFrame(machine, owner, undefined, self, [], frame));
  if (constructor?.body) machine.run(constructor.body, inner);
  self.heap?.enter(frame.region);
  machine.bounds.leave(key);
}

/** The parent whose constructor runs although nothing in the code says so. */
export function implicitParent(
  machine: Machine,
  owner: ClassInSource,
  constructor: ApexMethod | undefined,
): { owner: ClassInSource; constructor: ApexMethod | undefined } | undefined {
  const parent = machine.world.ancestry(owner)[1];
  const first = constructor?.body?.[0];
  const isExplicit =
    first?.kind === 'expression' &&
    first.value.kind === 'call' &&
    first.value.target === undefined &&
    ['this', 'super'].includes(first.value.name);
  if (!parent || isExplicit) return undefined;
  return { owner: parent, constructor: machine.world.constructorFor(parent, []) };
}

/** Runs the field initialisers and initialiser blocks of one class. */
export function initialize(machine: Machine, owner: ClassInSource, self: Value, frame: Frame): void {
  for (const { name, type, value, isStatic } of owner.type.fields) {
    if (!value || isStatic) continue;
    self.heap?.setField(name, narrowed(machine.world, frame, machine.evaluate(value, frame), type));
  }
  for (const { isStatic, body } of owner.type.initializers) if (!isStatic) machine.run(body, frame);
}

function statementsIn(body: readonly Statement[]): number {
  let count = body.length;
  for (const statement of body) {
    if (statement.kind === 'if') count += statementsIn(statement.then) + statementsIn(statement.else);
    else if (statement.kind === 'block') count += statementsIn(statement.body);
    else if ('body' in statement || statement.kind === 'switch') return Number.POSITIVE_INFINITY;
  }
  return count;
}

/** A question or a text that is answered or made from known values may decide a branch. */
function decides({ returns }: ApexMethod, args: readonly Value[]): boolean {
  const { base } = parseType(returns);
  if (base !== 'boolean' && base !== 'string') return false;
  return args.some(({ constant, prefix }) => (constant !== undefined && constant !== null) || prefix !== undefined);
}

/** What a value of the type holds may matter. */
function isTelling(type: string): boolean {
  if (isGeneral(type) || elementType(type) !== undefined) return true;
  return !isPrimitive(type) && !isInertClass(parseType(type).name);
}

/** Something is known of the object that a call could change. */
function isKnown({ heap }: Value): boolean {
  return heap !== undefined && (heap.content !== 'foreign' || heap.fields.size > 0 || heap.item !== undefined);
}

function innerFrame(
  machine: Machine,
  owner: ClassInSource,
  method: ApexMethod | undefined,
  self: Value | undefined,
  args: readonly (Value | undefined)[],
  frame: Frame,
): Frame {
  const variables = Variables.of(method ?? owner.type.initializers);
  for (const [index, { name, type }] of (method?.parameters ?? []).entries()) {
    const arg = args[index] ?? plain(type, frame.otherInputs);
    variables.set(fold(name), { type, value: narrowed(machine.world, frame, arg, type) });
  }
  return {
    file: owner.summary.file,
    apiVersion: owner.summary.apiVersion,
    sharing: frame.sharing,
    owner,
    self,
    trigger: undefined,
    variables,
    jumped: [],
    attempted: undefined,
    region: {},
    method,
    loops: [...frame.loops],
    returned: undefined,
    otherInputs: frame.otherInputs,
    inlined: frame.inlined + 1,
    sink: silent,
  };
}

export function disclose(self: Value | undefined, args: readonly Value[]): void {
  self?.heap?.disclose();
  for (const { heap } of args) heap?.disclose();
}

export function chooserOfAll(values: readonly Value[]): ChosenBy {
  return values.reduce<ChosenBy>((worst, each) => lessTrusted(worst, chooserOf(each)), 'constant');
}
