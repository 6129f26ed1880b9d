import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type FakeBehaviour,
  type FakeClaude,
  overloaded,
  rateLimited,
  refusal,
  serverError,
  startFakeClaude,
  text,
} from '@agent-readiness/testkit/claude';
import fc from 'fast-check';
import { createPricing } from '../../../src/adapters/anthropic/pricing.ts';
import { must } from '../../support/must.ts';
import { HAIKU, SONNET, endRuns, masked, modelAt, prices, request, runOf } from './support.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');

let claude: FakeClaude;
beforeAll(async () => {
  claude = await startFakeClaude();
});
afterAll(() => claude.close());

/** Everything that can happen to an attempt, with what the API puts on the bill for it: the whole answer, or nothing. */
const usage = { input_tokens: 0, output_tokens: 200, cache_read_input_tokens: 0 };
const FAULTS: readonly { readonly name: string; readonly behaviour: FakeBehaviour; readonly billed: boolean }[] = [
  { name: 'answer', behaviour: text('done', { usage }), billed: true },
  { name: 'refusal', behaviour: refusal('cyber'), billed: true },
  { name: 'overloaded', behaviour: overloaded(), billed: false },
  { name: 'rate limit', behaviour: rateLimited('0'), billed: false },
  { name: 'spend limit', behaviour: rateLimited('0', 'enforced_spend_limit_reached'), billed: false },
  { name: 'server error that was billed', behaviour: serverError(500), billed: true },
  { name: 'reset after it was billed', behaviour: { kind: 'reset' }, billed: true },
  { name: 'cut after it was billed', behaviour: text('x', { cut: { afterBytes: 300, how: 'end' } }), billed: true },
  { name: 'error in the stream', behaviour: text('x', { errorEvent: { index: 3, type: 'api_error' } }), billed: true },
];

const fault = fc.integer({ min: 0, max: FAULTS.length - 1 });

describe('money', () => {
  const tiers = { small: [HAIKU], medium: [SONNET, HAIKU], large: [SONNET] };
  const pricing = createPricing(prices, tiers);

  it('that a question can cost is within its reservation, whatever happens to its attempts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 6 }),
        fc.boolean(),
        fc.string({ maxLength: 300 }),
        async (faults, allowFallback, words) => {
          const question = {
            ...request,
            allowFallback,
            messages: [{ role: 'user' as const, content: [{ type: 'text' as const, text: masked(words) }] }],
          };
          const reserved = must(pricing.worstCaseUsdMicros(question, NOW, 'direct'));
          const before = claude.asked.length;
          claude.reset();
          claude.enqueue(...faults.map((index) => must(FAULTS[index]).behaviour));
          claude.respondWith(() => text('done', { usage }));
          await modelAt(claude, { tiers }).ask(question, runOf());

          // Every attempt whose fate is a bill pays for a token per byte and all of the output.
          const spent = claude.asked.slice(before).reduce((sum, { raw, body }, index) => {
            const happened = must(FAULTS[faults[index] ?? 0]);
            if (!happened.billed) return sum;
            const bill = { input_tokens: Buffer.byteLength(raw), output_tokens: question.maxOutputTokens };
            return sum + must(pricing.costUsdMicros(String(body?.['model']), bill, NOW));
          }, 0);
          expect(spent).toBeLessThanOrEqual(reserved);
          expect(claude.asked.length).toBeGreaterThan(before);
        },
      ),
      { numRuns: 150, seed: 7 },
    );
    endRuns();
  }, 60_000);

  it('for a model without a price cannot be reserved', () => {
    const unpriced = createPricing(prices, { ...tiers, medium: [SONNET, { model: 'claude-next', expectedMs: 1 }] });
    expect(unpriced.worstCaseUsdMicros(request, NOW, 'direct')).toBeUndefined();
    expect(unpriced.worstCaseUsdMicros({ ...request, allowFallback: false }, NOW, 'direct')).toBeGreaterThan(0);
  });
});
