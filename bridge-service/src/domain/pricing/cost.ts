import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { type PriceRow, type PriceTable, bandsOf } from './priceTable.ts';

const count = z.int().nonnegative();

/** One sampling step. `input_tokens` does not hold cached tokens: the API counts those beside it. */
const stepSchema = z.object({
  input_tokens: count,
  output_tokens: count,
  cache_read_input_tokens: count.nullish(),
  cache_creation_input_tokens: count.nullish(),
  cache_creation: z.object({ ephemeral_5m_input_tokens: count, ephemeral_1h_input_tokens: count }).nullish(),
});

const usageSchema = stepSchema.extend({
  /** Where present, the bill is the sum of these: the top level lacks compaction and the hops of a fallback. */
  iterations: z.array(stepSchema.extend({ model: z.string().nullish() })).nullish(),
  /** Each of these has a price of its own that no row states. */
  service_tier: z.enum(['standard', 'batch']).nullish(),
  speed: z.enum(['standard']).nullish(),
  inference_geo: z.enum(['global', 'not_available']).nullish(),
});

type Step = z.infer<typeof stepSchema>;

/**
 * What a call cost, from the `usage` that the API sent.
 *
 * @param usage raw: never a span's figures, which count cached tokens as input
 * @returns whole millionths of a US dollar, rounded up; undefined where the table does not price it
 */
export function costUsdMicros(table: PriceTable, model: string, usage: JsonObject, nowMs: number): number | undefined {
  const parsed = usageSchema.safeParse(usage);
  if (!parsed.success) return undefined;
  const { iterations } = parsed.data;
  const steps: readonly (Step & { model?: string | null | undefined })[] =
    iterations && iterations.length > 0 ? iterations : [parsed.data];
  let nanos = 0;
  for (const step of steps) {
    const cost = stepNanos(bandsOf(table, step.model ?? model, nowMs), step);
    if (cost === undefined) return undefined;
    nanos += cost;
  }
  const percent = parsed.data.service_tier === 'batch' ? table.batchPercent : 100;
  return percent === undefined ? undefined : Math.ceil((nanos * percent) / 100_000);
}

function stepNanos(bands: readonly PriceRow[], step: Step): number | undefined {
  const read = step.cache_read_input_tokens ?? 0;
  const split = step.cache_creation;
  const named = (split?.ephemeral_5m_input_tokens ?? 0) + (split?.ephemeral_1h_input_tokens ?? 0);
  const written = Math.max(step.cache_creation_input_tokens ?? 0, named);
  const prompt = step.input_tokens + read + written;
  const row = bands.find(({ maxPromptTokens }) => maxPromptTokens === null || prompt <= maxPromptTokens);
  if (!row) return undefined;
  return (
    step.input_tokens * row.inputNanos +
    step.output_tokens * row.outputNanos +
    read * row.cacheReadNanos +
    writeNanos(row, written, step.cache_creation)
  );
}

/** The split by life may be missing or incomplete; what it does not name is taken at the dearer price. */
function writeNanos(row: PriceRow, written: number, split: Step['cache_creation']): number {
  const short = split?.ephemeral_5m_input_tokens ?? 0;
  const long = split?.ephemeral_1h_input_tokens ?? 0;
  const unnamed = Math.max(0, written - short - long);
  const dearer = Math.max(row.cacheWrite5mNanos, row.cacheWrite1hNanos);
  return short * row.cacheWrite5mNanos + long * row.cacheWrite1hNanos + unnamed * dearer;
}
