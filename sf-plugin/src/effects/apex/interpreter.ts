import { evaluate } from './evaluate.ts';
import type { ClassWorld } from './classWorld.ts';
import type { Machine } from './frame.ts';
import { Bounds } from './inlining.ts';
import { runStatements } from './statements.ts';

/** The interpreter for the expansion of one method: its parts, and the bounds on looking into callees. */
export function createMachine(world: ClassWorld): Machine {
  const bounds = new Bounds();
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
