import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { ErasedError } from '../content.ts';
import type { OnText } from './asking.ts';
import type { Run } from './run.ts';
import { goOn, runHandoff } from './runHandoff.ts';

/** The handoffs that this process is working on. */
export interface Runner {
  /** Fires when the process is about to end. */
  readonly draining: AbortSignal;
  readonly running: () => number;
  /**
   * Works on a handoff, or goes on with a run that has begun; resolves when it can go no further. What fails is told to
   * the watch, and tried again later.
   */
  readonly run: (what: HandoffKey | Run, onText?: OnText) => Promise<void>;
  /**
   * Takes nothing new, waits for what runs, and after `patienceMs` leaves it to another replica; as it does at once with
   * what was being taken meanwhile and is to begin only then.
   */
  readonly drain: (patienceMs: number) => Promise<void>;
}

export function createRunner(bridge: Bridge): Runner {
  const active = new Set<Promise<unknown>>();
  const draining = new AbortController();
  const abandoning = new AbortController();

  const run = async (what: HandoffKey | Run, onText: OnText | undefined): Promise<void> => {
    const options = { drain: abandoning.signal, ...(onText === undefined ? {} : { onText }) };
    try {
      await ('bridge' in what ? goOn(what, options) : runHandoff(bridge, what, options));
    } catch (error) {
      if (!(error instanceof ErasedError)) bridge.watch.failed('run', error);
    }
  };

  return {
    draining: draining.signal,
    running: () => active.size,
    run(what, onText) {
      const work = run(what, onText).finally(() => active.delete(work));
      active.add(work);
      return work;
    },
    async drain(patienceMs) {
      draining.abort();
      const { signal, cancel } = bridge.clock.deadline(patienceMs);
      signal.addEventListener('abort', () => {
        abandoning.abort();
      });
      while (active.size > 0) await Promise.allSettled(active);
      cancel();
      abandoning.abort();
    },
  };
}
