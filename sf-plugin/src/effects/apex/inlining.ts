import type { ChosenBy } from '@agent-readiness/protocol';
import { lessTrusted } from '../lattice.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import type { ClassInSource, MethodInSource } from './classWorld.ts';
import type { Frame, Machine } from './frame.ts';
import { narrowed } from './narrowing.ts';
import { silent } from './recorder.ts';
import { isPrimitive } from './typeNames.ts';
import { chooserOf, plain, type Value } from './value.ts';

/*
 * What a call returns, and what it does to the objects given to it, is found out by running the
 * callee on them, without recording effects: these are recorded where the callee itself is expanded.
 * Where that would go too deep, the objects count as changed in ways not seen.
 */

export const deepest = 4;

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
  if (!isWorthwhile(method, self, args)) return declared;
  if (!method.body || !machine.enter(method, frame)) {
    disclose(self, args);
    return { ...declared, chosenBy: lessTrusted(declared.chosenBy, frame.otherInputs) };
  }
  const inner = innerFrame(owner, method, self, args, frame);
  machine.run(method.body, inner);
  machine.leave(method);
  return inner.returned ? narrowed(machine.world, inner, inner.returned, method.returns) : declared;
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
  const key = constructor ?? owner.type;
  if (!machine.enter(key, frame)) {
    disclose(self, args);
    return;
  }
  const parent = implicitParent(machine, owner, constructor);
  if (parent) construct(machine, parent.owner, parent.constructor, self, [], frame);
  initialize(machine, owner, self, innerFrame(owner, undefined, self, [], frame));
  if (constructor?.body) machine.run(constructor.body, innerFrame(owner, constructor, self, args, frame));
  machine.leave(key);
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
  return { owner: parent, constructor: machine.world.choose(parent.type.constructors, [], parent) };
}

/** Runs the field initialisers and initialiser blocks of one class. */
export function initialize(machine: Machine, owner: ClassInSource, self: Value, frame: Frame): void {
  for (const { name, type, value, isStatic } of owner.type.fields) {
    if (!value || isStatic) continue;
    self.heap?.setField(name, narrowed(machine.world, frame, machine.evaluate(value, frame), type));
  }
  for (const { isStatic, body } of owner.type.initializers) if (!isStatic) machine.run(body, frame);
}

/** Nothing is learnt from a method that is given no object and returns none. */
function isWorthwhile(method: ApexMethod, self: Value | undefined, args: readonly Value[]): boolean {
  const isGivenObject = self?.heap !== undefined || args.some(({ heap }) => heap !== undefined);
  return isGivenObject || !isPrimitive(method.returns);
}

function innerFrame(
  owner: ClassInSource,
  method: ApexMethod | undefined,
  self: Value | undefined,
  args: readonly Value[],
  frame: Frame,
): Frame {
  const variables: Frame['variables'] = new Map();
  for (const [index, { name, type }] of (method?.parameters ?? []).entries()) {
    variables.set(name.toLowerCase(), { type, value: args[index] ?? plain(type, frame.otherInputs) });
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

/** Keeps the running of callees within bounds: no method inside itself, not too deep, not too long. */
export class Bounds {
  readonly #deepest: number;
  readonly #running = new Set<object>();
  #entered = 0;

  constructor(deepest: number) {
    this.#deepest = deepest;
  }

  enter(method: object, frame: Frame): boolean {
    if (frame.inlined >= this.#deepest || this.#entered >= mostEntered || this.#running.has(method)) return false;
    this.#entered += 1;
    this.#running.add(method);
    return true;
  }

  leave(method: object): void {
    this.#running.delete(method);
  }
}

/** In the expansion of one method. */
const mostEntered = 200;
