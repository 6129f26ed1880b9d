/** Writes protocol/vectors/*.json, the golden vectors of the custody handoff. A test compares them. */
import { runTool } from '../shared/steps.mjs';

const env = { NODE_OPTIONS: '--conditions=source' };
process.exit(runTool('protocol/test/vectors/main.ts', [], { show: true, env }) ? 0 : 1);
