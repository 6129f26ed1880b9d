import { canonicalJson } from './encoding/canonicalJson.ts';
import { sha256Hex } from './encoding/bytes.ts';
import type { Manifest } from './manifest.ts';

/**
 * The digest by which an offer names the manifest it was made under: SHA-256 of the canonical form
 * (RFC 8785), so that indentation and the order of members do not matter.
 */
export function manifestSha256(manifest: Manifest): string {
  return sha256Hex(canonicalJson(manifest));
}
