import type { Expression, Statement } from '../../extract/apex/body.ts';
import { capped, type Size } from '../size.ts';
import { namesAssignedIn } from './branches.ts';
import type { Frame, Machine } from './frame.ts';
import { sizeOf } from './values.ts';
import { fold } from './fold.ts';

type Loop = Extract<Statement, { kind: 'loop' }>;

/** How often a counting loop runs at most: up to a number or to the size of a collection, else unbounded. */
export function loopSize(machine: Machine, loop: Loop, frame: Frame): Size {
  const { test } = loop;
  if (test?.kind !== 'operation' || (test.operator !== '<' && test.operator !== '<=')) return 'unbounded';
  const [counter, bound] = test.operands;
  if (counter?.kind !== 'name' || !bound || !countsUp(loop, counter.name)) return 'unbounded';
  return boundOf(machine, bound, frame);
}

/** `for (Integer i = 0; …; i++)` with a counter that the body leaves alone. */
function countsUp({ init, update, body }: Loop, counter: string): boolean {
  const key = fold(counter);
  const [start] = init;
  const isAtStart =
    start?.kind === 'local' &&
    fold(start.name) === key &&
    start.value?.kind === 'literal' &&
    typeof start.value.value === 'number';
  const names = update.map((each) => (each.kind === 'assign' && each.target.kind === 'name' ? each.target.name : ''));
  return isAtStart && names.some((name) => fold(name) === key) && !namesAssignedIn(body).has(key);
}

function boundOf(machine: Machine, bound: Expression, frame: Frame): Size {
  if (bound.kind === 'call' && bound.target && fold(bound.name) === 'size') {
    return sizeOf(machine.evaluate(bound.target, frame));
  }
  const { constant } = machine.evaluate(bound, frame);
  return typeof constant === 'number' && constant > 0 ? capped(Math.ceil(constant) + 1) : 'unbounded';
}
