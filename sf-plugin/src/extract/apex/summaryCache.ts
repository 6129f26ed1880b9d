import { createHash } from 'node:crypto';
import type { ApexUnit } from './summary.ts';

/** Keeps texts by key between runs. May lose any of them at any time. */
export interface SummaryCache {
  get(key: string): string | undefined;
  put(key: string, value: string): void;
}

/** Goes up with every change of what a summary contains, so that older entries are not found. */
const version = 1;

/**
 * The summary of a text, from the cache where it is there and intact, else made and kept.
 *
 * An entry carries a checksum of itself: one that was cut short or changed is made anew.
 */
export function cachedSummary(cache: SummaryCache | undefined, text: string, summarize: () => ApexUnit): ApexUnit {
  if (!cache) return summarize();
  const key = `apex-${String(version)}-${digest(text)}`;
  const known = decode(cache.get(key));
  if (known) return known;
  const unit = summarize();
  cache.put(key, encode(unit));
  return unit;
}

const checksumLength = 16;

function encode(unit: ApexUnit): string {
  const body = JSON.stringify(unit);
  return `${digest(body).slice(0, checksumLength)}${body}`;
}

function decode(entry: string | undefined): ApexUnit | undefined {
  if (entry === undefined) return undefined;
  const body = entry.slice(checksumLength);
  if (digest(body).slice(0, checksumLength) !== entry.slice(0, checksumLength)) return undefined;
  return JSON.parse(body) as ApexUnit;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
