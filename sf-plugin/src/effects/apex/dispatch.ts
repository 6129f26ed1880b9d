import type { Certainty } from '@agent-readiness/protocol';
import type { Position } from '../../extract/apex/position.ts';
import type { ApexMethod } from '../../extract/apex/summary.ts';
import type { ApexMethodCallable } from './actingMethods.ts';
import { inheritedIdentity, sharingOf } from './securityMode.ts';
import type { ClassInSource, MethodInSource } from './classWorld.ts';
import { contextOf } from './context.ts';
import { place, recordEffect, type Frame, type Machine } from './frame.ts';
import { construct, chooserOfAll, resultOf } from './inlining.ts';
import { constructorName } from './properties.ts';
import { join, type Value } from './value.ts';
import { inertValue, staticTypes } from './values.ts';

const callables = new WeakMap<ApexMethod, ApexMethodCallable>();

/** The name under which calls of a method are recorded: for one method always the same object. */
export function callableOf({ owner, method }: MethodInSource): ApexMethodCallable {
  let callable = callables.get(method);
  if (!callable) {
    const signature = method.parameters.map(({ type }) => type).join(',');
    callable = { kind: 'apex-method', name: owner.type.name, method: method.name, signature };
    callables.set(method, callable);
  }
  return callable;
}

/** Records a call of each of the methods, one of which runs, and returns what any of them may return. */
export function invokeAll(
  machine: Machine,
  found: readonly MethodInSource[],
  self: Value | undefined,
  args: readonly Value[],
  at: Position,
  frame: Frame,
  certainty: Certainty = found.length > 1 ? 'possible' : 'proven',
): Value {
  let result: Value | undefined;
  for (const each of found) {
    const isFuture = each.method.annotations.includes('future');
    if (isFuture) recordEnqueue(frame, at, each.owner.type.name, chooserOfAll(args));
    const target = each.method.isStatic ? undefined : selfFor(each, self, found.length);
    recordCall(machine, each, target, args, at, frame, certainty);
    const value = resultOf(machine, each, target, args, frame);
    result = result ? join(result, value) : value;
  }
  return result ?? inertValue('derived');
}

/** What a callee is told is long: it is not put together for one that does nothing. */
function recordCall(
  machine: Machine,
  found: MethodInSource,
  target: Value | undefined,
  args: readonly Value[],
  at: Position,
  frame: Frame,
  certainty: Certainty,
): void {
  const callee = callableOf(found);
  if (frame.sink.isSilent || machine.callees?.acts(callee) === false) return;
  const isFuture = found.method.annotations.includes('future');
  const name = `${found.owner.type.name}.${found.method.name}`;
  frame.sink.call(callee, () => ({
    context: {
      ...contextOf(frame, args, target),
      ...(isFuture && { identity: identityAsEntry(machine, found.owner) }),
    },
    cause: 'call',
    certainty,
    place: place(frame, at),
    label: isFuture ? `later calls ${name}` : `calls ${name}`,
  }));
}

/** Where one of several overrides runs, the object is of the class that it belongs to. */
function selfFor({ owner }: MethodInSource, self: Value | undefined, choices: number): Value | undefined {
  return self && choices > 1 ? { ...self, types: [owner.type.name] } : self;
}

export function recordEnqueue(frame: Frame, at: Position, className: string, chosenBy: Value['chosenBy']): void {
  recordEffect(frame, at, {
    operation: 'enqueue',
    object: className,
    label: `enqueue ${className === '*' ? 'a job decided at run time' : className}`,
    chosenBy,
    size: 1,
    certainty: className === '*' ? 'possible' : 'proven',
  });
}

/** Calls a method that the platform starts later, in a transaction of its own. */
export function startLater(
  machine: Machine,
  found: MethodInSource,
  self: Value,
  args: readonly Value[],
  at: Position,
  frame: Frame,
): void {
  frame.sink.call(callableOf(found), () => ({
    context: { ...contextOf(frame, args, self), identity: identityAsEntry(machine, found.owner) },
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label: `later calls ${found.owner.type.name}.${found.method.name}`,
  }));
}

function identityAsEntry(machine: Machine, owner: ClassInSource): ReturnType<typeof inheritedIdentity> {
  return inheritedIdentity(sharingOf(owner, 'platform', 'without', machine.world));
}

/** `this(…)` or `super(…)` at the start of a constructor. */
export function invokeConstructor(
  machine: Machine,
  owner: ClassInSource,
  args: readonly Value[],
  at: Position,
  frame: Frame,
): Value {
  const found = machine.world.constructorFor(owner, args.map(staticTypes));
  if (!found && args.length > 0) return inertValue('derived');
  const signature = found ? callableOf({ owner, method: found }).signature : '';
  frame.sink.call({ kind: 'apex-method', name: owner.type.name, method: constructorName, signature }, () => ({
    context: contextOf(frame, args, frame.self),
    cause: 'call',
    certainty: 'proven',
    place: place(frame, at),
    label: `calls the constructor of ${owner.type.name}`,
  }));
  if (frame.self) construct(machine, owner, found, frame.self, args, frame);
  return inertValue('derived');
}
