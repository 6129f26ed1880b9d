import { Bounds } from './bounds.ts';
import type { ClassWorld } from './classWorld.ts';
import { evaluate } from './evaluate.ts';
import type { CalleeKnowledge, Machine } from './frame.ts';
import { Leaks } from './leaks.ts';
import { runStatements } from './statements.ts';

/**
 * The interpreter for the expansion of one method: its parts, and the bounds on looking into callees.
 *
 * @param callees where `undefined`, callees are not looked into: less exact, and fast
 */
export function createMachine(world: ClassWorld, callees: CalleeKnowledge | undefined): Machine {
  const machine: Machine = {
    world,
    bounds: new Bounds(),
    leaks: new Leaks(),
    callees,
    evaluate: (expression, frame) => evaluate(machine, expression, frame),
    run: (statements, frame) => runStatements(machine, statements, frame),
    apart: () => createMachine(world, callees),
  };
  return machine;
}
