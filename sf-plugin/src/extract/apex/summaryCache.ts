import { createHash } from 'node:crypto';
import type { ApexUnit } from './summary.ts';

/** Keeps texts by key between runs: gives back what was put, or nothing. May lose any of them at any time. */
export interface SummaryCache {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
}

/** The summary of a text, from the cache where it is there, else made and kept. */
export function cachedSummary(cache: SummaryCache | undefined, text: string, summarize: () => ApexUnit): ApexUnit {
  if (!cache) return summarize();
  const key = createHash('sha256').update(text).digest('hex');
  const known = cache.get(key);
  if (known !== undefined) return JSON.parse(known) as ApexUnit;
  const unit = summarize();
  cache.put(key, JSON.stringify(unit));
  return unit;
}
