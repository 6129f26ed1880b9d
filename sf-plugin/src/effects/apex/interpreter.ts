import { evaluate } from './evaluate.ts';
import type { ClassWorld } from './classWorld.ts';
import type { Machine } from './frame.ts';
import { Bounds, deepest } from './inlining.ts';
import { runStatements } from './statements.ts';

/**
 * The interpreter for the expansion of one method: its parts, and the bounds on looking into callees.
 *
 * @param looksIntoCallees whether it finds out what calls return and change, which makes it exact and slow
 */
export function createMachine(world: ClassWorld, looksIntoCallees: boolean): Machine {
  const bounds = new Bounds(looksIntoCallees ? deepest : 0);
  const machine: Machine = {
    world,
    evaluate: (expression, frame) => evaluate(machine, expression, frame),
    run: (statements, frame) => runStatements(machine, statements, frame),
    enter: (code, frame) => bounds.enter(code, frame),
    leave: (code) => {
      bounds.leave(code);
    },
  };
  return machine;
}
