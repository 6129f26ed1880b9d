/** Formats every file in place. */
import { runTool } from '../shared/steps.mjs';

process.exit(
  runTool('node_modules/prettier/bin/prettier.cjs', ['--write', '--log-level=warn', '.'], { show: true }) ? 0 : 1,
);
