/**
 * Attacks the bridge for minutes: many at once, kill -9, clocks, disks, faults, damaged input. See
 * docs/campaigns.md. Not part of npm test.
 *
 * Usage: npm run campaign -- <name> [--store pglite|postgres] [--count <n>] [--seed <n>]
 */
import { runTool } from '../shared/steps.mjs';

const env = { NODE_OPTIONS: '--conditions=source', NODE_NO_WARNINGS: '1' };
process.exit(runTool('bridge-service/test/campaigns/main.ts', process.argv.slice(2), { show: true, env }) ? 0 : 1);
