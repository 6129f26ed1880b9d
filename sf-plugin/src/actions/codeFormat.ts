import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const code = /(?<!\.d)\.[jt]s$/;

/**
 * Identifies what an answer follows from besides the input: code and, for Apex, the grammar. Nobody has
 * to remember to raise a number when one of them changes.
 *
 * @param folders absolute; all code in and below them counts
 * @param files absolute
 * @returns 16 hexadecimal digits
 */
export function codeFormat(folders: readonly string[], files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const folder of folders) {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      if (code.test(name)) hash.update(name).update(readFileSync(join(folder, name)));
    }
  }
  for (const file of files) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 16);
}
