import type { ChosenBy } from '@agent-readiness/protocol';
import { lessTrusted } from '../lattice.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import type { ClassInSource, MethodInSource } from './classWorld.ts';
import type { Frame, Machine } from './frame.ts';
import { fromAbstract, toAbstract } from './context.ts';
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

/** How much of an object is kept of what a call returns. */
const keptLevels = 3;

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
  const { bounds, callees } = machine;
  if (!callees) return declared;
  const given = self ? [self, ...args] : args;
  const changes = given.some(isKnown) && callees.changes({ owner, method });
  if (!changes && !isTelling(method.returns) && !decides(method, args)) return declared;
  const key = given.some(isKnown) ? undefined : keyOf(owner, method, self, args, frame);
  const known = key === undefined ? undefined : callees.returns.get(key);
  if (known) return { ...fromAbstract(known, method.returns, frame.otherInputs), depth: frame.loops.length };
  if (!method.body || isCutShort(owner) || !bounds.enter(method, frame.inlined)) {
    if (changes) disclose(self, args);
    // What it returns may be, or hold, one of the objects given to it.
    else if (isTelling(method.returns)) leak(machine, given);
    return { ...declared, chosenBy: lessTrusted(declared.chosenBy, frame.otherInputs) };
  }
  const refusedBefore = bounds.refused;
  const inner = innerFrame(machine, owner, method, self, args, frame);
  machine.run(method.body, inner);
  bounds.leave(method);
  const value = inner.returned ? narrowed(machine.world, inner, inner.returned, method.returns) : declared;
  if (key === undefined) return value;
  // Kept and used in one form, so that the first call of many gets the same answer as the others.
  const kept = toAbstract(value, keptLevels);
  if (bounds.refused === refusedBefore) callees.returns.set(key, kept);
  return { ...fromAbstract(kept, method.returns, frame.otherInputs), depth: frame.loops.length };
}

/** Of code in a file that could not be read in full, what was read may not be all that runs. */
function isCutShort({ summary }: ClassInSource): boolean {
  return summary.syntaxErrors.length > 0;
}

/** Everything that the answer of a call without known objects depends on. */
function keyOf(
  { type }: ClassInSource,
  { at }: ApexMethod,
  self: Value | undefined,
  args: readonly Value[],
  { otherInputs, inlined }: Frame,
): string {
  const given = [self, ...args].map((each) => each && [toAbstract(each, 0), each.constant, each.prefix, each.declared]);
  return JSON.stringify([type.name, at, given, otherInputs, inlined]);
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
  args: readonly Value[],
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

function leak({ leaked }: Machine, values: readonly Value[]): void {
  for (const { heap } of values) if (heap && heap.content !== 'foreign') leaked.add(heap);
}

export function disclose(self: Value | undefined, args: readonly Value[]): void {
  self?.heap?.disclose();
  for (const { heap } of args) heap?.disclose();
}

export function chooserOfAll(values: readonly Value[]): ChosenBy {
  return values.reduce<ChosenBy>((worst, each) => lessTrusted(worst, chooserOf(each)), 'constant');
}
