import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const code = /(?<!\.d)\.[jt]s$/;

/**
 * Identifies everything but the text that a summary follows from: the grammar and the code of this
 * folder. Nobody has to remember to raise a number when one of them changes.
 *
 * @returns 16 hexadecimal digits
 */
export function summaryFormat(grammarPath: string): string {
  const hash = createHash('sha256').update(readFileSync(grammarPath));
  for (const name of readdirSync(import.meta.dirname).sort()) {
    if (code.test(name)) hash.update(readFileSync(join(import.meta.dirname, name)));
  }
  return hash.digest('hex').slice(0, 16);
}
