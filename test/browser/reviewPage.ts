import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('../lwc/buildPage.mjs', import.meta.url));

/** Whether the compiler of the components is there; `npm test` installs it. */
export const canBuild = existsSync(new URL('../lwc/node_modules', import.meta.url));

/** Writes a page with each review component in each of its states; `#<component>/<state>` shows one alone. */
export function buildReviewPage(file: string): void {
  execFileSync(process.execPath, [script, file], { stdio: ['ignore', 'ignore', 'inherit'], timeout: 120_000 });
}
