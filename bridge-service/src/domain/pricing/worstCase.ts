import { type PriceTable, bandsOf } from './priceTable.ts';

/** What the API adds around a request that is not in it: instructions for tools and for structured output. */
const OVERHEAD_TOKENS = 2_000;

/**
 * More input tokens than a request can have. A token stands for at least one byte of UTF-8, so bytes bound
 * tokens whatever the model's tokenizer; counting them exactly would cost a call of its own.
 */
function inputTokenBound(request: unknown): number {
  return new TextEncoder().encode(JSON.stringify(request)).length + OVERHEAD_TOKENS;
}

/**
 * The dearest that one request to any of these models can become: nothing read from a cache, everything
 * written to it at the dearer price, all output used, in the dearest band.
 *
 * @returns whole millionths of a US dollar; undefined where one of the models has no price
 */
export function dearestAttemptUsdMicros(
  table: PriceTable,
  models: readonly string[],
  request: { readonly maxOutputTokens: number },
  nowMs: number,
): number | undefined {
  const input = inputTokenBound(request);
  let dearest = 0;
  for (const model of models) {
    const bands = bandsOf(table, model, nowMs);
    if (bands.length === 0) return undefined;
    for (const row of bands) {
      const perInput = Math.max(row.inputNanos, row.cacheWrite5mNanos, row.cacheWrite1hNanos);
      dearest = Math.max(dearest, Math.ceil((input * perInput + request.maxOutputTokens * row.outputNanos) / 1000));
    }
  }
  return models.length === 0 ? undefined : dearest;
}
