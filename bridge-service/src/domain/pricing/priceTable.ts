import { z } from 'zod';

/**
 * Prices are integers in thousand-millionths of a US dollar (10⁻⁹) for one token, which is a thousandth of the
 * published dollars per million tokens: 0.125 $/M are 125. Sums stay whole numbers, so no cent drifts.
 */
const price = z.int().nonnegative();

const rowSchema = z.strictObject({
  model: z.string().min(1),
  /** First day on which the row holds, UTC. */
  validFrom: z.iso.date(),
  /** The row holds for requests whose whole prompt, cached tokens included, is at most this; null for any. */
  maxPromptTokens: z.int().positive().nullable(),
  inputNanos: price,
  outputNanos: price,
  cacheReadNanos: price,
  cacheWrite5mNanos: price,
  cacheWrite1hNanos: price,
  /** `official`: the provider's own page; `derived`: from its published factor; `unverified`: somebody else's page. */
  source: z.enum(['official', 'derived', 'unverified']),
  checked: z.iso.date(),
});

const tableSchema = z
  .strictObject({
    currency: z.literal('USD'),
    /** What a batch costs of these prices, in per cent; without it no batch is priced. */
    batchPercent: z.int().min(1).max(100).optional(),
    rows: z.array(rowSchema).min(1),
  })
  .superRefine(({ rows }, context) => {
    const seen = new Set<string>();
    rows.forEach((row, index) => {
      const key = `${row.model} ${row.validFrom} ${String(row.maxPromptTokens)}`;
      if (seen.has(key)) context.addIssue({ code: 'custom', path: ['rows', index], message: `second row for ${key}` });
      seen.add(key);
    });
    for (const { model, validFrom, maxPromptTokens } of rows) {
      const open = rows.some(
        (row) => row.model === model && row.validFrom === validFrom && row.maxPromptTokens === null,
      );
      if (maxPromptTokens !== null && !open) {
        context.addIssue({
          code: 'custom',
          path: ['rows'],
          message: `${model} from ${validFrom} has no row without a band`,
        });
      }
    }
  });

export type PriceRow = z.infer<typeof rowSchema>;
export type PriceTable = z.infer<typeof tableSchema>;

/**
 * Reads a price table (`bridge-service/prices.json`).
 *
 * @throws ZodError naming every row that is wrong
 */
export function parsePriceTable(value: unknown): PriceTable {
  return tableSchema.parse(value);
}

/** The bands of a model that hold on a day, narrowest first; empty where no row prices it. */
export function bandsOf(table: PriceTable, model: string, nowMs: number): readonly PriceRow[] {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  const begun = table.rows.filter((row) => row.model === model && row.validFrom <= today);
  const newest = begun.reduce((latest, { validFrom }) => (validFrom > latest ? validFrom : latest), '');
  return begun
    .filter(({ validFrom }) => validFrom === newest)
    .sort((a, b) => (a.maxPromptTokens ?? Infinity) - (b.maxPromptTokens ?? Infinity));
}
