import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { ErasedError } from '../content.ts';
import type { OnText } from './asking.ts';
import { runHandoff } from './runHandoff.ts';

/** The handoffs that this process is working on. */
export interface Runner {
  /** Fires when the process is about to end. */
  readonly draining: AbortSignal;
  readonly running: () => number;
  /** Works on a handoff; resolves when it can go no further. What fails is told to the watch, and tried again later. */
  readonly run: (key: HandoffKey, onText?: OnText) => Promise<void>;
  /** Takes nothing new, waits for what runs, and after `patienceMs` leaves it to another replica. */
  readonly drain: (patienceMs: number) => Promise<void>;
}

export function createRunner(bridge: Bridge): Runner {
  const active = new Set<Promise<unknown>>();
  const draining = new AbortController();
  const abandoning = new AbortController();

  const run = async (key: HandoffKey, onText: OnText | undefined): Promise<void> => {
    try {
      await runHandoff(bridge, key, { drain: abandoning.signal, ...(onText === undefined ? {} : { onText }) });
    } catch (error) {
      if (!(error instanceof ErasedError)) bridge.watch.failed('run', error);
    }
  };

  return {
    draining: draining.signal,
    running: () => active.size,
    run(key, onText) {
      const work = run(key, onText).finally(() => active.delete(work));
      active.add(work);
      return work;
    },
    async drain(patienceMs) {
      draining.abort();
      const all = Promise.allSettled(active);
      const { signal, cancel } = bridge.clock.deadline(patienceMs);
      signal.addEventListener('abort', () => {
        abandoning.abort();
      });
      await all;
      cancel();
    },
  };
}
