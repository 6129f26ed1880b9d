import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';

const plugin = createRequire(import.meta.url).resolve('prettier-plugin-apex');

/**
 * Whether Apex is formatted as `npm run format` would format it.
 *
 * @param {string} project
 * @param {string[]} files relative to it
 * @returns {Promise<import('./problem.mjs').Problem[]>}
 */
export async function formatCheck(project, files) {
  const problems = [];
  for (const file of files) {
    const path = join(project, file);
    const options = { ...(await resolveConfig(path)), filepath: path, plugins: [plugin] };
    try {
      if (await check(readFileSync(path, 'utf8'), options)) continue;
      problems.push({ check: 'format', file, line: 1, message: 'is not formatted; run npm run format' });
    } catch {
      problems.push({ check: 'format', file, line: 1, message: 'cannot be parsed' });
    }
  }
  return problems;
}
