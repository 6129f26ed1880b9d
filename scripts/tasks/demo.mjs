/** Shows the main jobs: the verdict for the sample agent in force-app/, and one handoff. Needs no org and no network. */
import { build, runTool } from '../shared/steps.mjs';

if (!build()) process.exit(1);
console.log('$ sf readiness check\n');
runTool('sf-plugin/bin/run.js', ['readiness', 'check', ...process.argv.slice(2)], { show: true });
console.log('The sample agent is built to fail: force-app/README.md says which actions are wrong, and why.');
console.log('\n$ one handoff, with a person in between\n');
const env = { NODE_OPTIONS: '--conditions=source', NODE_NO_WARNINGS: '1' };
process.exit(runTool('test/handoff/main.ts', [], { show: true, env }) ? 0 : 1);
