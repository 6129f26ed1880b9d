import type { Operation } from '@agent-readiness/protocol';
import type { Position } from '../../../extract/apex/position.ts';
import { recordEffect, repeats, type Frame, type Machine } from '../frame.ts';
import { chooserOfAll } from '../inlining.ts';
import type { Value } from '../value.ts';
import { inertValue, sizeOf } from '../values.ts';

/** A call of a method that is not in the project. */
export interface PlatformCall {
  readonly machine: Machine;
  readonly frame: Frame;
  readonly at: Position;
  /** As written. */
  readonly name: string;
  /** As written, without `System.` in front. */
  readonly className: string;
  readonly args: readonly Value[];
  /** Absent for a static method. */
  readonly target?: Value;
}

const keys = new Map<string, Map<string, string>>();

/** `class.method` in lower case, by which the tables of calls are keyed. */
export function keyOf({ className, name }: PlatformCall): string {
  const ofClass = keys.get(className) ?? new Map<string, string>();
  keys.set(className, ofClass);
  const key = ofClass.get(name) ?? `${className}.${name}`.toLowerCase();
  ofClass.set(name, key);
  return key;
}

/** An effect of the platform that does not depend on the types of its arguments. */
export function recordSimple(
  call: PlatformCall,
  operation: Operation,
  object: string,
  certainty: 'proven' | 'possible' = 'proven',
): Value {
  const { frame, at, args, className, name, target } = call;
  const [first] = args;
  recordEffect(frame, at, {
    operation,
    object,
    label: `${className}.${name}`,
    chosenBy: chooserOfAll(target ? [target, ...args] : args),
    size: first && operation === 'send-message' ? sizeOf(first) : repeats(frame, frame.loops.length),
    certainty,
  });
  return inertValue('derived');
}
