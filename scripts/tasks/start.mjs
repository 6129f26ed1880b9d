/**
 * Starts the bridge, see docs/bridge.md. Without settings it makes keys of its own, keeps its data in
 * .bridge/, and asks no model.
 *
 * Usage: npm start                      serves
 *        npm start -- <command> --help  any other command of the bridge: doctor, backup, restore, …
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../shared/install.mjs';
import { runTool } from '../shared/steps.mjs';

if (!runTool('node_modules/typescript/bin/tsc', ['-b', 'bridge-service'])) process.exit(1);
const [, , ...given] = process.argv;
const args = given.length === 0 ? ['start'] : given;
const bridge = spawn(process.execPath, [join(root, 'bridge-service/lib/main.js'), ...args], {
  stdio: 'inherit',
});
// The bridge ends its work before it ends: signals are for it, and its end is ours.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => bridge.kill(signal));
bridge.on('exit', (code) => process.exit(code ?? 1));
