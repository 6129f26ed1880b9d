import type { Expression, Statement } from '../../extract/apex/body.ts';
import type { Size } from '../size.ts';
import type { Frame, Machine } from './frame.ts';
import { capped, sizeOf } from './value.ts';

/** How often a counting loop runs at most: up to a number or to the size of a collection, else unbounded. */
export function loopSize(machine: Machine, { test }: Extract<Statement, { kind: 'loop' }>, frame: Frame): Size {
  if (test?.kind !== 'operation' || (test.operator !== '<' && test.operator !== '<=')) return 'unbounded';
  const [, bound] = test.operands;
  return bound ? boundOf(machine, bound, frame) : 'unbounded';
}

function boundOf(machine: Machine, bound: Expression, frame: Frame): Size {
  if (bound.kind === 'call' && bound.target && bound.name.toLowerCase() === 'size') {
    return sizeOf(machine.evaluate(bound.target, frame));
  }
  const { constant } = machine.evaluate(bound, frame);
  return typeof constant === 'number' && constant > 0 ? capped(Math.ceil(constant) + 1) : 'unbounded';
}
