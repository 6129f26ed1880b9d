import type { Bridge } from '../bridge.ts';
import { heartbeatMs, leaseMs } from './lease.ts';
import type { Run } from './run.ts';

/**
 * Why a run has to stop. `deadline` and `kill_switch` end it; `lease_lost` and `drain` leave it to another
 * replica, and nothing may be written any more.
 */
export type StopReason = 'deadline' | 'kill_switch' | 'lease_lost' | 'drain';

export interface Supervision {
  /** The one signal of the run. */
  readonly signal: AbortSignal;
  readonly stoppedBy: () => StopReason | undefined;
  readonly end: () => void;
}

/** Watches over a run: its deadline, the kill switch, its lease, and the end of this process. */
export function supervise(run: Run, deadlineMs: number, drain: AbortSignal): Supervision {
  const { bridge } = run;
  const { clock } = bridge;
  const stop = new AbortController();
  const ended = new AbortController();
  let reason: StopReason | undefined;
  const stopBy = (why: StopReason): void => {
    reason ??= why;
    stop.abort();
  };
  const timer = clock.deadline(Math.max(0, deadlineMs - clock.nowMs()));
  timer.signal.addEventListener('abort', () => {
    stopBy('deadline');
  });
  const onDrain = (): void => {
    stopBy('drain');
  };
  if (drain.aborted) onDrain();
  else drain.addEventListener('abort', onDrain);
  void beat(run, ended.signal, stopBy);
  return {
    signal: stop.signal,
    stoppedBy: () => reason,
    end: () => {
      ended.abort();
      timer.cancel();
      drain.removeEventListener('abort', onDrain);
    },
  };
}

/** A store that cannot be asked counts as a lost lease: whoever cannot read the kill switch must not act. */
async function beat(run: Run, ended: AbortSignal, stopBy: (why: StopReason) => void): Promise<void> {
  const { clock, watch } = run.bridge;
  while (!ended.aborted) {
    await clock.sleep(heartbeatMs, ended);
    if (isOver(ended)) return;
    try {
      const found = await look(run.bridge, run);
      if (found !== undefined) stopBy(found);
    } catch (error) {
      watch.failed('run.heartbeat', error);
      stopBy('lease_lost');
    }
  }
}

// A function, because the compiler believes that `aborted` cannot change while the loop waits.
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}

function look({ store, clock }: Bridge, { handoff }: Run): Promise<StopReason | undefined> {
  return store.transaction(async ({ killSwitch, handoffs }) => {
    if ((await killSwitch.stops(handoff.agent, handoff.taskType)) !== undefined) return 'kill_switch';
    return (await handoffs.renew(handoff, clock.nowMs() + leaseMs)) ? undefined : 'lease_lost';
  });
}
