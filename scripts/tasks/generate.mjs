/** Writes the files that are derived from the sources. A test compares them. */
import { runTool } from '../shared/steps.mjs';

const env = { NODE_OPTIONS: '--conditions=source' };
process.exit(runTool('sf-plugin/scripts/generate.mjs', [], { show: true, env }) ? 0 : 1);
