import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createFileCache } from '../extract/project/fileCache.ts';
import type { TextCache } from '../extract/project/textCache.ts';
import { codeFormat } from './codeFormat.ts';

const secretLength = 32;
const code = join(import.meta.dirname, '..');
const protocol = dirname(fileURLToPath(import.meta.resolve('@agent-readiness/protocol')));
/** Pins the versions of the libraries. */
const manifest = join(code, '..', 'package.json');

export interface Caches {
  readonly summaries: TextCache;
  readonly reports: TextCache;
}

/**
 * What is kept in a project between runs of this code with this grammar.
 *
 * @param secretFile where this user's key to the caches is kept, made on the first run. It must not
 *   lie in the project: whoever can change both can forge an answer
 * @returns `undefined` where no key can be kept: the check works without
 */
export function openCaches(projectRoot: string, grammar: string, secretFile: string): Caches | undefined {
  const secret = readSecret(secretFile) ?? makeSecret(secretFile);
  if (!secret) return undefined;
  const ofSummaries = codeFormat([join(code, 'extract', 'apex')], [grammar]);
  const ofReports = codeFormat([code, protocol], [grammar, manifest]);
  return {
    summaries: createFileCache({ projectRoot, kind: 'apex', format: ofSummaries, secret }),
    reports: createFileCache({ projectRoot, kind: 'report', format: ofReports, secret }),
  };
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
