import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createFileSummaryCache } from '../extract/apex/fileSummaryCache.ts';
import type { SummaryCache } from '../extract/apex/summaryCache.ts';
import { summaryFormat } from '../extract/apex/summaryFormat.ts';

const secretLength = 32;

/**
 * The cache in a project, for the summaries that this code makes with this grammar.
 *
 * @param secretFile where this user's key to the cache is kept, made on the first run. It must not
 *   lie in the project: whoever can change both can forge a summary
 * @returns `undefined` where no key can be kept: the check works without a cache
 */
export function openSummaryCache(
  projectRoot: string,
  grammarPath: string,
  secretFile: string,
): SummaryCache | undefined {
  const secret = readSecret(secretFile) ?? makeSecret(secretFile);
  return secret && createFileSummaryCache({ projectRoot, format: summaryFormat(grammarPath), secret });
}

function readSecret(file: string): Uint8Array | undefined {
  try {
    const secret = readFileSync(file);
    return secret.length === secretLength ? secret : undefined;
  } catch {
    return undefined;
  }
}

function makeSecret(file: string): Uint8Array | undefined {
  const secret = randomBytes(secretLength);
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(temporary, secret, { mode: 0o600 });
    renameSync(temporary, file);
    return secret;
  } catch {
    return undefined;
  }
}
