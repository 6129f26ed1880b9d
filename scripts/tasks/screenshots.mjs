/**
 * Takes the pictures in docs/images with the Chromium of this machine and the fonts that it has: those in
 * the repository were taken with Inter and JetBrains Mono (Debian: fonts-inter, fonts-jetbrains-mono). Those of CI
 * need pre-commit and rsync.
 *
 * Usage: npm run screenshots
 */
import { ensureInstalled } from '../shared/install.mjs';
import { runTool } from '../shared/steps.mjs';

ensureInstalled('test/lwc', { ignoreScripts: true });
const env = { NODE_OPTIONS: '--conditions=source' };
process.exit(runTool('test/browser/main.ts', ['docs/images'], { show: true, env }) ? 0 : 1);
