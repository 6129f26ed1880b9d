import type { ModelFailure, ModelFailureKind } from './failure.ts';

export interface RetryPolicy {
  /** Requests to one model for one question. */
  readonly attemptsPerModel: number;
  /** First wait when the API names none; doubles with each attempt. */
  readonly baseWaitMs: number;
  readonly maxWaitMs: number;
}

/**
 * Requests for one question that may end up on the bill. The reservation covers exactly so many, so after
 * the last one there is no further attempt, whatever time is left.
 */
export const MAX_BILLABLE_ATTEMPTS = 2;

export interface Situation {
  readonly failure: ModelFailure;
  /** Requests to this model so far, this one included. */
  readonly attempts: number;
  /** Attempts so far, over all models, that may be on the bill. */
  readonly billable: number;
  /** The caller has seen part of the answer: a second one would contradict it. */
  readonly shown: boolean;
  /** Until the run's deadline. */
  readonly remainingMs: number;
  /** How long this model usually takes. */
  readonly expectedMs: number;
  /** 0 to 1, for the jitter. */
  readonly random: number;
}

export type NextStep =
  { readonly kind: 'retry'; readonly waitMs: number } | { readonly kind: 'fall_back' } | { readonly kind: 'give_up' };

/** What each failure allows. By kind, which comes from status and code, never from the text of a message. */
const ALLOWED: Readonly<Record<ModelFailureKind, NextStep['kind']>> = {
  overloaded: 'retry',
  rate_limited: 'retry',
  unavailable: 'retry',
  connection: 'retry',
  truncated: 'retry',
  timeout: 'fall_back',
  no_model: 'fall_back',
  invalid_request: 'give_up',
  not_authorised: 'give_up',
  spend_limit: 'give_up',
};

/** Whether the same may do better a little later. */
export function mayPass(kind: ModelFailureKind): boolean {
  return ALLOWED[kind] === 'retry';
}

/** After a failure: again, another model, or no more. */
export function nextStep(situation: Situation, policy: RetryPolicy): NextStep {
  const { failure, attempts, billable, shown, remainingMs, expectedMs } = situation;
  const allowed = ALLOWED[failure.kind];
  if (allowed === 'give_up' || shown || billable >= MAX_BILLABLE_ATTEMPTS || remainingMs <= 0)
    return { kind: 'give_up' };
  if (allowed === 'fall_back' || attempts >= policy.attemptsPerModel) return { kind: 'fall_back' };
  const waitMs = failure.retryAfterMs ?? jitteredWaitMs(attempts, situation.random, policy);
  return waitMs + expectedMs > remainingMs ? { kind: 'fall_back' } : { kind: 'retry', waitMs };
}

/** "Full jitter": anything up to the exponential ceiling, so that many callers do not come back at once. */
function jitteredWaitMs(attempts: number, random: number, policy: RetryPolicy): number {
  const ceiling = Math.min(policy.maxWaitMs, policy.baseWaitMs * 2 ** (attempts - 1));
  return Math.round(ceiling * random);
}

/** Whether a failure says that the model is ill. Our own mistakes and limits say nothing about it. */
export function isFault(kind: ModelFailureKind): boolean {
  return (
    kind === 'overloaded' ||
    kind === 'unavailable' ||
    kind === 'connection' ||
    kind === 'truncated' ||
    kind === 'timeout'
  );
}
