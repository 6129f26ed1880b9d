import { createHash } from 'node:crypto';
import type { TextCache } from '../project/textCache.ts';
import type { ApexUnit } from './summary.ts';

/** The summary of a text, from the cache where it is there, else made and kept. */
export function cachedSummary(cache: TextCache | undefined, text: string, summarize: () => ApexUnit): ApexUnit {
  if (!cache) return summarize();
  const key = createHash('sha256').update(text).digest('hex');
  const known = cache.get(key);
  if (known !== undefined) return JSON.parse(known) as ApexUnit;
  const unit = summarize();
  cache.put(key, JSON.stringify(unit));
  return unit;
}
