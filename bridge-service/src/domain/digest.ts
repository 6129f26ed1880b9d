import { canonicalJson } from '@agent-readiness/protocol';
import { sha256Hex } from './sha256.ts';

/**
 * SHA-256, in lower-case hexadecimal digits, of the canonical JSON (RFC 8785) of what `JSON.stringify` would write: a
 * property that is undefined does not count. What a run records and what a replay compares is digested here.
 */
export function digest(value: unknown): string {
  return sha256Hex(canonicalJson(JSON.parse(JSON.stringify(value))));
}
