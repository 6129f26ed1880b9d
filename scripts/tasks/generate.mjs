/** Writes the files that are derived from the sources. A test compares them. */
import { runTool } from '../shared/steps.mjs';

const env = { NODE_OPTIONS: '--conditions=source' };
const generators = [
  'sf-plugin/scripts/generate.mjs',
  'bridge-service/scripts/generate.mjs',
  'scripts/salesforce/generate.mjs',
];
process.exit(generators.every((script) => runTool(script, [], { show: true, env })) ? 0 : 1);
