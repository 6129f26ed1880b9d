import { createHash } from 'node:crypto';

/**
 * Names a finding for baselines, waivers and code scanning. Parts are names only, no places: the same finding keeps
 * its fingerprint when lines shift, files move and texts are formatted anew.
 *
 * @returns 16 hexadecimal digits
 */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16);
}
