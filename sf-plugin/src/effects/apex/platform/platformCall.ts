import type { Position } from '../../../extract/apex/position.ts';
import type { Frame, Machine } from '../frame.ts';
import type { Value } from '../value.ts';

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

/** `class.method` in lower case, by which the tables of calls are keyed. */
export function keyOf({ className, name }: PlatformCall): string {
  return `${className}.${name}`.toLowerCase();
}
