import { times, toExtent, type Size } from './size.ts';
import type { CallContext, Expansion, LocalEffect } from './model.ts';

/**
 * The expansion of a callable without source, which happens once per call, for a call that one run
 * of the action may make more often.
 */
export function repeatAsCalled(expansion: Expansion, { repeats }: CallContext): Expansion {
  if (repeats === undefined) return expansion;
  return {
    ...expansion,
    effects: expansion.effects.map(({ extentLimit, ...effect }) => ({
      ...effect,
      ...toExtent(times(sizeOf({ ...effect, ...(extentLimit !== undefined && { extentLimit }) }), repeats)),
    })),
    calls: expansion.calls.map((call) => ({
      ...call,
      context: { ...call.context, repeats: times(call.context.repeats ?? 1, repeats) },
    })),
  };
}

function sizeOf({ extent, extentLimit }: Pick<LocalEffect, 'extent' | 'extentLimit'>): Size {
  if (extent === 'one') return 1;
  return extent === 'bounded' ? (extentLimit ?? 'unbounded') : extent;
}
