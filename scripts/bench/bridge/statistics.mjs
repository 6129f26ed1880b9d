/** Quantiles and their uncertainty. Seeded, so that the same figures give the same interval. */

/** The smallest value that at least the share `q` of the values does not exceed. */
export function quantile(values, q) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}

/**
 * A statistic of rows with its 95 % interval: percentile bootstrap. Whole rows are drawn, so that what was
 * measured as a pair stays one.
 *
 * @template T
 * @param {readonly T[]} rows
 * @param {(rows: readonly T[]) => number} statistic
 * @param {number} [samples]
 */
export function withInterval(rows, statistic, samples = 1000) {
  const next = generator(20261123);
  const estimates = Array.from({ length: samples }, () =>
    statistic(Array.from(rows, () => rows[Math.floor(next() * rows.length)])),
  );
  return { value: statistic(rows), low: quantile(estimates, 0.025), high: quantile(estimates, 0.975) };
}

/** mulberry32: 0 to 1. */
function generator(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
