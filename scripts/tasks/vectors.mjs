/**
 * Writes protocol/vectors/*.json, the golden vectors of the custody handoff, and the part of them that the Apex tests
 * read. Tests compare both.
 */
import { runTool } from '../shared/steps.mjs';

const env = { NODE_OPTIONS: '--conditions=source' };
const scripts = ['protocol/test/vectors/main.ts', 'test/salesforce/main.ts'];
process.exit(scripts.every((script) => runTool(script, [], { show: true, env })) ? 0 : 1);
