import { describe, expect, it } from '@jest/globals';
import { answered, asked, closedBreaker, faulted, mayAsk, undecided } from '../../../src/domain/resilience/breaker.ts';
import type { ModelFailureKind } from '../../../src/domain/resilience/failure.ts';
import { type Situation, isFault, nextStep } from '../../../src/domain/resilience/nextStep.ts';
import { chooseRoute, takeOverAfterMs } from '../../../src/domain/resilience/route.ts';

const policy = { faults: 3, openMs: 1000 };

describe('the breaker', () => {
  function faultedTimes(times: number) {
    let breaker = closedBreaker;
    for (let i = 0; i < times; i += 1) breaker = faulted(asked(breaker), policy, 0);
    return breaker;
  }

  it('opens after so many faults in a row', () => {
    expect(mayAsk(faultedTimes(2), policy, 0)).toBe(true);
    expect(mayAsk(faultedTimes(3), policy, 0)).toBe(false);
    expect(mayAsk(faulted(answered(), policy, 0), policy, 0)).toBe(true);
  });

  it('lets one probe through after its time, and no second', () => {
    const open = faultedTimes(3);
    expect(mayAsk(open, policy, 999)).toBe(false);
    expect(mayAsk(open, policy, 1000)).toBe(true);
    expect(mayAsk(asked(open), policy, 1000)).toBe(false);
  });

  it('closes when the probe is answered, opens anew when it is not', () => {
    expect(mayAsk(answered(), policy, 1000)).toBe(true);
    const again = faulted(asked(faultedTimes(3)), policy, 1500);
    expect(mayAsk(again, policy, 2499)).toBe(false);
    expect(mayAsk(again, policy, 2500)).toBe(true);
  });

  it('lets another probe through when the first proved nothing', () => {
    expect(mayAsk(undecided(asked(faultedTimes(3))), policy, 1000)).toBe(true);
  });
});

describe('after a failure', () => {
  const situation: Situation = {
    failure: {
      kind: 'overloaded',
      model: 'm',
      code: undefined,
      requestId: undefined,
      retryAfterMs: undefined,
      billed: 'none',
    },
    attempts: 1,
    billable: 0,
    shown: false,
    remainingMs: 10_000,
    expectedMs: 2000,
    random: 0.5,
  };
  const retry = { attemptsPerModel: 3, baseWaitMs: 400, maxWaitMs: 1000 };
  const after = (kind: ModelFailureKind, change: Partial<Situation> = {}, retryAfterMs?: number) =>
    nextStep({ ...situation, failure: { ...situation.failure, kind, retryAfterMs }, ...change }, retry);

  it.each<[ModelFailureKind, string]>([
    ['overloaded', 'retry'],
    ['rate_limited', 'retry'],
    ['unavailable', 'retry'],
    ['connection', 'retry'],
    ['truncated', 'retry'],
    ['timeout', 'fall_back'],
    ['no_model', 'fall_back'],
    ['invalid_request', 'give_up'],
    ['not_authorised', 'give_up'],
    ['spend_limit', 'give_up'],
  ])('%s: %s', (kind, step) => {
    expect(after(kind).kind).toBe(step);
  });

  it('waits as long as the API says, or a random part of a growing ceiling', () => {
    expect(after('rate_limited', {}, 3000)).toEqual({ kind: 'retry', waitMs: 3000 });
    expect(after('overloaded', { random: 1 })).toEqual({ kind: 'retry', waitMs: 400 });
    expect(after('overloaded', { random: 1, attempts: 2 })).toEqual({ kind: 'retry', waitMs: 800 });
    expect(after('overloaded', { random: 0, attempts: 2 })).toEqual({ kind: 'retry', waitMs: 0 });
    expect(nextStep({ ...situation, attempts: 6, random: 1 }, { ...retry, attemptsPerModel: 9 })).toEqual({
      kind: 'retry',
      waitMs: 1000,
    });
  });

  it('falls back rather than wait beyond what leaves time for an answer', () => {
    expect(after('rate_limited', {}, 8000).kind).toBe('retry');
    expect(after('rate_limited', {}, 8001).kind).toBe('fall_back');
  });

  it('falls back after the last attempt for a model', () => {
    expect(after('overloaded', { attempts: 3 }).kind).toBe('fall_back');
  });

  it('gives up when two attempts may be billed, when something was shown, when time is up', () => {
    expect(after('truncated', { billable: 1 }).kind).toBe('retry');
    expect(after('truncated', { billable: 2 }).kind).toBe('give_up');
    expect(after('timeout', { billable: 2 }).kind).toBe('give_up');
    expect(after('truncated', { shown: true }).kind).toBe('give_up');
    expect(after('no_model', { remainingMs: 0 }).kind).toBe('give_up');
  });

  it('blames the model for its faults only', () => {
    const kinds: readonly ModelFailureKind[] = ['overloaded', 'unavailable', 'connection', 'truncated', 'timeout'];
    const others: readonly ModelFailureKind[] = [
      'rate_limited',
      'invalid_request',
      'not_authorised',
      'spend_limit',
      'no_model',
    ];
    expect(kinds.map(isFault)).toEqual(kinds.map(() => true));
    expect(others.map(isFault)).toEqual(others.map(() => false));
  });
});

describe('which model', () => {
  const large = { model: 'large', expectedMs: 8000 };
  const small = { model: 'small', expectedMs: 1000 };

  it('is the first that can end in time, or else the fastest', () => {
    expect(chooseRoute([large, small], 8000)).toBe(large);
    expect(chooseRoute([large, small], 7999)).toBe(small);
    expect(chooseRoute([large, small], 10)).toBe(small);
    expect(chooseRoute([], 8000)).toBeUndefined();
  });

  it('makes room for a faster one while there is time for it', () => {
    expect(takeOverAfterMs(large, [small], 9000)).toBe(8000);
    expect(takeOverAfterMs(small, [large], 9000)).toBeUndefined();
    expect(takeOverAfterMs(large, [], 9000)).toBeUndefined();
    expect(takeOverAfterMs(large, [small], 900)).toBeUndefined();
  });
});
