import type { ApexMethod } from '../../extract/apex/summary.ts';
import { accessorMethod } from './accessors.ts';
import type { ClassInSource, ClassWorld } from './classWorld.ts';
import { invokeConstructor } from './dispatch.ts';
import type { Frame, Machine } from './frame.ts';
import { implicitParent, initialize } from './inlining.ts';
import { constructorName, isPlain } from './properties.ts';

/** A method, constructor or accessor of a class by the name under which calls of it are recorded. */
export function callableMethod(
  world: ClassWorld,
  { type }: ClassInSource,
  name: string,
  signature: string,
): ApexMethod | undefined {
  const isMeant = (method: ApexMethod): boolean => method.parameters.map((each) => each.type).join(',') === signature;
  if (name === constructorName) return type.constructors.find(isMeant);
  return world.overloads(type, name).find(isMeant) ?? accessorOf(type, name);
}

function accessorOf(type: ClassInSource['type'], name: string): ApexMethod | undefined {
  for (const field of type.fields) {
    for (const kind of ['get', 'set'] as const) {
      const method = accessorMethod(field, kind);
      if (method?.name === name) return method;
    }
  }
  return undefined;
}

export function runMethod(machine: Machine, method: ApexMethod, frame: Frame): void {
  if (!method.body) return;
  // A method that calls itself is not looked into for its value.
  machine.bounds.enter(method, frame.inlined);
  machine.run(method.body, frame);
}

/** What `new` runs: the parent's constructor, the initialisers of the class, its constructor. */
export function runConstructor(
  machine: Machine,
  owner: ClassInSource,
  constructor: ApexMethod | undefined,
  frame: Frame,
): void {
  const { self } = frame;
  if (!self) return;
  const parent = implicitParent(machine, owner, constructor);
  if (parent) invokeConstructor(machine, parent.owner, [], constructor?.at ?? owner.type.at, frame);
  initialize(machine, owner, self, frame);
  if (constructor) runMethod(machine, constructor, frame);
}

export function runStaticCode(machine: Machine, { type }: ClassInSource, frame: Frame): void {
  for (const { value, isStatic } of type.fields)
    if (isStatic && value && !isPlain(value.kind)) machine.evaluate(value, frame);
  for (const { isStatic, body } of type.initializers) if (isStatic) machine.run(body, frame);
}
