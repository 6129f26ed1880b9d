/**
 * Damages the files of a project, one at a time, and checks it each time: every file cut at every
 * tenth character, and 1,000 random mutations. Long; not part of npm test.
 *
 * Usage: npm run fuzz -- [folder of an sfdx project] [seed]
 */
import { runTool } from '../shared/steps.mjs';

process.exit(
  runTool('sf-plugin/test/robustness/main.ts', process.argv.slice(2), {
    show: true,
    env: { NODE_OPTIONS: '--conditions=source' },
  })
    ? 0
    : 1,
);
