import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Calls `use` with a copy of a project that holds mistakes, and removes it.
 *
 * @template T
 * @param {string} project
 * @param {readonly import('./mistakes.mjs').Mistake[]} mistakes
 * @param {(copy: string) => T} use
 * @returns {Promise<Awaited<T>>}
 */
export async function withMistakes(project, mistakes, use) {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), 'planted-')));
  try {
    for (const path of ['sfdx-project.json', '.prettierrc.json', 'force-app']) {
      cpSync(join(project, path), join(copy, path), { recursive: true });
    }
    for (const mistake of mistakes) plant(copy, mistake);
    return await use(copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function plant(copy, { name, file, find, replace }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  const at = text.indexOf(find);
  if (at < 0) throw new Error(`${name}: ${file} does not hold what it replaces`);
  writeFileSync(path, text.slice(0, at) + replace + text.slice(at + find.length));
}
