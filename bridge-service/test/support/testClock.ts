import { systemClock } from '../../src/adapters/system/systemClock.ts';
import type { Clock } from '../../src/ports/clock.ts';

/** Real waiting at an invented time, which can be moved. */
export interface TestClock extends Clock {
  readonly move: (ms: number) => void;
}

export function createTestClock(startMs = 1_800_000_000_000): TestClock {
  const begun = Date.now();
  let moved = 0;
  return {
    ...systemClock,
    nowMs: () => startMs + (Date.now() - begun) + moved,
    move: (ms) => {
      moved += ms;
    },
  };
}
