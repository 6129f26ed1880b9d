import type { BreakerState } from '../../ports/watch.ts';

/**
 * A circuit breaker as a value: closed while faults are rare, open for a while after several in a row, then
 * one request may probe. One per model, so that a fault of one model stops no other.
 */
export interface Breaker {
  readonly faultsInARow: number;
  /** Milliseconds since the epoch; undefined while closed. */
  readonly openedMs: number | undefined;
  /** A request is on its way to find out whether the model answers again. */
  readonly probing: boolean;
}

export interface BreakerPolicy {
  /** So many faults in a row open it. */
  readonly faults: number;
  /** How long it stays open before a probe. */
  readonly openMs: number;
}

export const closedBreaker: Breaker = { faultsInARow: 0, openedMs: undefined, probing: false };

export function mayAsk(breaker: Breaker, policy: BreakerPolicy, nowMs: number): boolean {
  if (breaker.openedMs === undefined) return true;
  return !breaker.probing && nowMs - breaker.openedMs >= policy.openMs;
}

export function stateOf({ openedMs, probing }: Breaker): BreakerState {
  if (openedMs === undefined) return 'closed';
  return probing ? 'probing' : 'open';
}

/** To be called before a request that {@link mayAsk} allowed. */
export function asked(breaker: Breaker): Breaker {
  return breaker.openedMs === undefined ? breaker : { ...breaker, probing: true };
}

export function answered(): Breaker {
  return closedBreaker;
}

/** Neither the model's fault nor a sign of health, such as our own abort: a probe may be tried again. */
export function undecided(breaker: Breaker): Breaker {
  return { ...breaker, probing: false };
}

export function faulted(breaker: Breaker, policy: BreakerPolicy, nowMs: number): Breaker {
  const faultsInARow = breaker.faultsInARow + 1;
  const opens = breaker.probing || faultsInARow >= policy.faults;
  return { faultsInARow, openedMs: opens ? nowMs : breaker.openedMs, probing: false };
}
