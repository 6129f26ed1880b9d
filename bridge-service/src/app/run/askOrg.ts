import type { OrgOutcome, OrgReading, OrgRecords } from '../../ports/org.ts';
import type { Bridge } from '../bridge.ts';

const firstPauseMs = 250;

/** Asks the org until it has given a definite answer, or the time is up. */
export async function askOrg<T extends OrgOutcome | OrgReading | OrgRecords>(
  { clock }: Pick<Bridge, 'clock'>,
  ask: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const outcome = await ask();
    const isOpen = outcome.kind === 'unknown' || outcome.kind === 'unavailable';
    if (!isOpen || signal.aborted) return outcome;
    await clock.sleep(pauseMs, signal);
    if (isOver(signal)) return outcome;
  }
}

// A function, because the compiler believes that `aborted` cannot change while the loop waits.
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}
