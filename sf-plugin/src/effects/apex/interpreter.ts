import type { AbstractValue } from '../model.ts';
import { Bounds } from './bounds.ts';
import type { ClassWorld } from './classWorld.ts';
import { evaluate } from './evaluate.ts';
import type { Machine } from './frame.ts';
import { runStatements } from './statements.ts';

/** What calls without known objects return, by call: the answers are the same in every expansion. */
export type ReturnCache = Map<string, AbstractValue>;

/**
 * The interpreter for the expansion of one method: its parts, and the bounds on looking into callees.
 *
 * @param returns where `undefined`, callees are not looked into: less exact, and fast
 */
export function createMachine(world: ClassWorld, returns: ReturnCache | undefined): Machine {
  const bounds = new Bounds(returns !== undefined);
  const machine: Machine = {
    world,
    bounds,
    returns: returns ?? new Map<string, AbstractValue>(),
    evaluate: (expression, frame) => evaluate(machine, expression, frame),
    run: (statements, frame) => runStatements(machine, statements, frame),
  };
  return machine;
}
