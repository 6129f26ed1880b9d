/**
 * Shows the main jobs: the verdict on the sample agent in examples/order-care, the verdict on the kit's own agent, and
 * one handoff. Needs no org and no network.
 */
import { build, runTool } from '../shared/steps.mjs';

if (!build()) process.exit(1);

console.log('examples/order-care$ sf readiness check\n');
check('examples/order-care');
console.log('The sample agent is built to fail: its README says which actions are wrong, and why.');

console.log("\n$ sf readiness check --locked    # the kit's own agent, under readiness.config.yaml\n");
const isReady = check('.', '--locked');

console.log('\n$ one handoff, with a person in between\n');
const env = { NODE_OPTIONS: '--conditions=source', NODE_NO_WARNINGS: '1' };
const isHandedOff = runTool('test/handoff/main.ts', [], { show: true, env });
process.exit(isReady && isHandedOff ? 0 : 1);

function check(project, ...flags) {
  const args = ['readiness', 'check', ...flags, ...process.argv.slice(2)];
  return runTool('sf-plugin/bin/run.js', args, { show: true, cwd: project });
}
