import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { costUsdMicros } from '../../../src/domain/pricing/cost.ts';
import { bandsOf, parsePriceTable } from '../../../src/domain/pricing/priceTable.ts';
import { dearestAttemptUsdMicros } from '../../../src/domain/pricing/worstCase.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const table = parsePriceTable(JSON.parse(readFileSync(new URL('../../../prices.json', import.meta.url), 'utf8')));

const row = {
  model: 'm',
  validFrom: '2026-01-01',
  maxPromptTokens: null,
  inputNanos: 1000,
  outputNanos: 5000,
  cacheReadNanos: 100,
  cacheWrite5mNanos: 1250,
  cacheWrite1hNanos: 2000,
  source: 'official',
  checked: '2026-01-01',
};

function tableOf(...rows: readonly object[]) {
  return parsePriceTable({ currency: 'USD', rows: rows.map((change) => ({ ...row, ...change })) });
}

describe('the shipped price table', () => {
  // $ per million tokens × 1,000, by hand from the provider's page.
  it.each([
    ['claude-sonnet-5-5', { input_tokens: 3000, output_tokens: 500 }, 11_000],
    ['claude-haiku-5-5', { input_tokens: 3000, output_tokens: 500 }, 550],
    ['claude-opus-5-5', { input_tokens: 3000, output_tokens: 500 }, 22_000],
    ['claude-fable-5-2', { input_tokens: 3000, output_tokens: 500 }, 44_000],
  ])('%s', (model, usage, micros) => {
    expect(costUsdMicros(table, model, usage, NOW)).toBe(micros);
  });

  it('prices a prompt by the whole of it, cached tokens included', () => {
    const upTo = { input_tokens: 40_000, cache_read_input_tokens: 60_000, output_tokens: 1000 };
    expect(costUsdMicros(table, 'claude-haiku-5-5', upTo, NOW)).toBe(4_000 + 600 + 500);
    const beyond = { ...upTo, input_tokens: 40_001 };
    expect(costUsdMicros(table, 'claude-haiku-5-5', beyond, NOW)).toBe(20_001 + 3_000 + 2_500);
  });
});

describe('what a call cost', () => {
  it.each<[string, object, number]>([
    ['input and output', { input_tokens: 10, output_tokens: 2 }, 20],
    ['a cache read beside the input', { input_tokens: 10, cache_read_input_tokens: 100, output_tokens: 2 }, 30],
    [
      'writes of both lives',
      {
        input_tokens: 0,
        output_tokens: 0,
        cache_creation_input_tokens: 30,
        cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      },
      53, // 12.5 + 40, rounded up
    ],
    [
      'a write of unknown life at the dearer price',
      { input_tokens: 0, output_tokens: 0, cache_creation_input_tokens: 30 },
      60,
    ],
    [
      'a split that is larger than the sum',
      {
        input_tokens: 0,
        output_tokens: 0,
        cache_creation_input_tokens: null,
        cache_creation: { ephemeral_5m_input_tokens: 8, ephemeral_1h_input_tokens: 0 },
      },
      10,
    ],
    [
      'each step with its own model, and nothing from the top',
      {
        input_tokens: 10,
        output_tokens: 2,
        iterations: [
          { type: 'message', input_tokens: 10, output_tokens: 2 },
          { type: 'compaction', input_tokens: 100, output_tokens: 10 },
          { type: 'fallback_message', model: 'n', input_tokens: 10, output_tokens: 2 },
        ],
      },
      20 + 150 + 40,
    ],
  ])('%s', (_, usage, micros) => {
    const prices = tableOf({}, { model: 'n', inputNanos: 2000, outputNanos: 10_000 });
    expect(costUsdMicros(prices, 'm', usage as never, NOW)).toBe(micros);
  });

  it.each<[string, string, object]>([
    ['a model without a row', 'other', { input_tokens: 1, output_tokens: 1 }],
    [
      'a step of a model without a row',
      'm',
      { input_tokens: 1, output_tokens: 1, iterations: [{ model: 'x', input_tokens: 1, output_tokens: 1 }] },
    ],
    ['a tier of service that no row prices', 'm', { input_tokens: 1, output_tokens: 1, service_tier: 'priority' }],
    ['a speed that no row prices', 'm', { input_tokens: 1, output_tokens: 1, speed: 'fast' }],
    ['a region that no row prices', 'm', { input_tokens: 1, output_tokens: 1, inference_geo: 'us' }],
    ['no figures', 'm', {}],
    ['negative figures', 'm', { input_tokens: -1, output_tokens: 1 }],
    ['figures that are text', 'm', { input_tokens: '1', output_tokens: 1 }],
    ['more than can be counted', 'm', { input_tokens: 1e300, output_tokens: 1 }],
  ])('unknown for %s', (_, model, usage) => {
    expect(costUsdMicros(tableOf({}), model, usage as never, NOW)).toBeUndefined();
  });
});

describe('rows', () => {
  it('hold from their day on, UTC', () => {
    const prices = tableOf({}, { validFrom: '2026-11-24', inputNanos: 1 });
    const lastMoment = Date.parse('2026-11-23T23:59:59.999Z');
    expect(bandsOf(prices, 'm', lastMoment).map(({ inputNanos }) => inputNanos)).toEqual([1000]);
    expect(bandsOf(prices, 'm', lastMoment + 1).map(({ inputNanos }) => inputNanos)).toEqual([1]);
  });

  it('that have not begun price nothing', () => {
    expect(bandsOf(tableOf({ validFrom: '2026-11-24' }), 'm', NOW)).toEqual([]);
  });

  it.each<[string, readonly object[], string]>([
    ['the same row twice', [{}, {}], 'second row for m 2026-01-01 null'],
    ['only a band', [{ maxPromptTokens: 10 }], 'm from 2026-01-01 has no row without a band'],
    ['half a price', [{ inputNanos: 0.5 }], 'expected int'],
    ['an unknown field', [{ discount: 2 }], 'discount'],
  ])('refused: %s', (_, rows, message) => {
    expect(() => tableOf(...rows)).toThrow(message);
  });
});

describe('the dearest attempt', () => {
  const request = { maxOutputTokens: 100, messages: ['ä'.repeat(500)] };

  it('counts each byte as a token, written to the cache for an hour, with all output', () => {
    const bytes = Buffer.byteLength(JSON.stringify(request)) + 2000;
    expect(dearestAttemptUsdMicros(tableOf({}), ['m'], request, NOW)).toBe(bytes * 2 + 500);
  });

  it('is that of the dearest model in its dearest band', () => {
    const prices = tableOf(
      { maxPromptTokens: 10 },
      { outputNanos: 9000, inputNanos: 0, cacheWrite5mNanos: 0, cacheWrite1hNanos: 0 },
      { model: 'n', inputNanos: 0, outputNanos: 0, cacheReadNanos: 0, cacheWrite5mNanos: 0, cacheWrite1hNanos: 1 },
    );
    const bytes = Buffer.byteLength(JSON.stringify(request)) + 2000;
    expect(dearestAttemptUsdMicros(prices, ['m', 'n'], request, NOW)).toBe(bytes * 2 + 500);
    expect(dearestAttemptUsdMicros(prices, ['n'], request, NOW)).toBe(Math.ceil(bytes / 1000));
  });

  it('is unknown when one of the models has no price, or there is none', () => {
    expect(dearestAttemptUsdMicros(tableOf({}), ['m', 'x'], request, NOW)).toBeUndefined();
    expect(dearestAttemptUsdMicros(tableOf({}), [], request, NOW)).toBeUndefined();
  });
});
