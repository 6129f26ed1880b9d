import { readFileSync } from 'node:fs';
import type { FakeClaude } from '@agent-readiness/testkit/claude';
import { createAnthropicModel } from '../../../src/adapters/anthropic/anthropicModel.ts';
import { createClient } from '../../../src/adapters/anthropic/client.ts';
import { systemClock } from '../../../src/adapters/system/systemClock.ts';
import type { Masked } from '../../../src/domain/json.ts';
import { parsePriceTable } from '../../../src/domain/pricing/priceTable.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { ModelAttempt, ModelPort, ModelRequest, ModelRun } from '../../../src/ports/model.ts';
import { fixedRandom } from '../../support/fixedRandom.ts';

export const masked = (text: string) => text as Masked<string>;

export const prices = parsePriceTable(
  JSON.parse(readFileSync(new URL('../../../prices.json', import.meta.url), 'utf8')),
);

export const request: ModelRequest = {
  tier: 'medium',
  system: [],
  messages: [{ role: 'user', content: [{ type: 'text', text: masked('hello') }] }],
  tools: [],
  goesOn: false,
  outputSchema: undefined,
  maxOutputTokens: 200,
  allowFallback: true,
};

export const SONNET = { model: 'claude-sonnet-5-5', expectedMs: 40 };
export const HAIKU = { model: 'claude-haiku-5-5', expectedMs: 20 };

/** The real SDK against the fake API; waits between attempts are short, the deadline is real time. */
export function modelAt(
  claude: FakeClaude,
  change: Partial<Parameters<typeof createAnthropicModel>[0]> = {},
): ModelPort {
  return createAnthropicModel({
    client: createClient({ apiKey: 'sk-test', baseUrl: claude.url }),
    tiers: { small: [HAIKU], medium: [SONNET, HAIKU], large: [SONNET] },
    usable: () => true,
    retry: { attemptsPerModel: 2, baseWaitMs: 2, maxWaitMs: 5 },
    breaker: { faults: 100, openMs: 1000 },
    clock: systemClock,
    random: fixedRandom('model'),
    onBreaker: () => undefined,
    ...change,
  });
}

const running: (() => void)[] = [];

/** Stops the timers of all runs so far. */
export function endRuns(): void {
  for (const cancel of running.splice(0)) cancel();
}

export interface Run extends ModelRun {
  readonly attempts: readonly ModelAttempt[];
  readonly shown: readonly string[];
}

export function runOf(
  deadlineMs = 5000,
  { watched = false, clock = systemClock }: { watched?: boolean; clock?: Clock } = {},
): Run {
  const deadline = clock.deadline(deadlineMs);
  running.push(deadline.cancel);
  const attempts: ModelAttempt[] = [];
  const shown: string[] = [];
  return {
    signal: deadline.signal,
    deadlineMs: clock.nowMs() + deadlineMs,
    onAttempt: (attempt) => {
      attempts.push(attempt);
      return Promise.resolve();
    },
    onText: watched
      ? ({ text }) => {
          shown.push(text);
          return true;
        }
      : undefined,
    onFirstText: () => undefined,
    attempts,
    shown,
  };
}
