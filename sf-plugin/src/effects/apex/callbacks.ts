import type { Position } from '../../extract/apex/position.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import type { ClassInSource, MethodInSource } from './classWorld.ts';
import { invokeAll } from './dispatch.ts';
import type { Frame, Machine } from './frame.ts';
import { elementType, mayHaveMethods, parseType } from './typeNames.ts';
import { elementOf } from './reading.ts';
import { join, type Value } from './value.ts';
import { as, plain, staticTypes } from './values.ts';

/** The methods that a call on an object of a class of the project may run: every override. */
export function overridesOf(
  { world }: Machine,
  owner: ClassInSource,
  target: Value,
  name: string,
  args: readonly Value[],
): readonly MethodInSource[] {
  const isClosed = target.isExact || !owner.type.isOpen;
  const candidates = isClosed ? [owner] : [owner, ...world.descendants(owner)];
  const found = new Map<ApexMethod, MethodInSource>();
  for (const candidate of candidates) {
    if (candidate.type.kind === 'interface' || (candidate.type.isAbstract && candidates.length > 1)) continue;
    for (const each of world.methods(candidate, name, args.map(staticTypes))) {
      if (each.method.body) found.set(each.method, each);
    }
  }
  return [...found.values()];
}

/** The methods of the project that implement one of an interface or class which it does not have itself. */
export function implementationsOf(
  { world }: Machine,
  className: string,
  name: string,
  args: readonly Value[],
): readonly MethodInSource[] {
  return world.implementationsOf(className).flatMap((each) => {
    const found = world.method(each, name, args.map(staticTypes));
    return found?.method.body ? [found] : [];
  });
}

/**
 * A method that the platform calls on an object by itself, such as `compareTo` while it sorts. Returns
 * `undefined` where no class that the object may be of has it in the project.
 */
export function callBack(
  machine: Machine,
  target: Value,
  name: string,
  args: readonly Value[],
  at: Position,
  frame: Frame,
): Value | undefined {
  let result: Value | undefined;
  for (const type of target.types) {
    if (!mayHaveMethods(type)) continue;
    const owner = machine.world.resolve(type, frame.owner);
    const found = owner
      ? overridesOf(machine, owner, target, name, args)
      : implementationsOf(machine, parseType(type).name, name, args);
    if (found.length === 0) continue;
    const certainty = owner && found.length === 1 ? 'proven' : 'possible';
    const value = invokeAll(machine, found, as(target, type), args, at, frame, certainty);
    result = result ? join(result, value) : value;
  }
  return result;
}

/** Whether what a collection holds may be objects with methods that the project has. */
export function holdsObjects({ types, heap }: Value): boolean {
  const isPlain = types.every((type) => !mayHaveMethods(elementType(type) ?? type));
  return !isPlain || (heap?.item?.types.some(mayHaveMethods) ?? false);
}

/** How the platform compares objects in a collection, or looks one up. */
export function compareItems(machine: Machine, item: Value, at: Position, frame: Frame): void {
  callBack(machine, item, 'hashCode', [], at, frame);
  callBack(machine, item, 'equals', [plain('Object', item.chosenBy)], at, frame);
}

/** How an object, or each of those in a collection, becomes a text. */
export function showAsText(machine: Machine, value: Value, at: Position, frame: Frame): void {
  const isCollection = value.types.some((type) => elementType(type) !== undefined);
  callBack(machine, isCollection ? elementOf(machine, frame, value) : value, 'toString', [], at, frame);
}

/** The items of an object of a class that says itself what it iterates over; `undefined` for a collection. */
export function iteratedItem(machine: Machine, iterable: Value, at: Position, frame: Frame): Value | undefined {
  if (!iterable.types.some((type) => machine.world.resolve(type, frame.owner))) return undefined;
  const iterator = callBack(machine, iterable, 'iterator', [], at, frame) ?? iterable;
  callBack(machine, iterator, 'hasNext', [], at, frame);
  return callBack(machine, iterator, 'next', [], at, frame);
}
