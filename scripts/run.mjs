/**
 * Usage: node scripts/run.mjs <task>     (npm run demo, npm test, … call it)
 *
 * Runs scripts/tasks/<task>.mjs on the Node version that the repository pins. Installs what is
 * missing first, so that a fresh clone and an older Node need no other step. No dependencies.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureInstalled, root } from './shared/install.mjs';

const [task, ...args] = process.argv.slice(2);
const script = join(root, 'scripts', 'tasks', `${task}.mjs`);
if (!task || !existsSync(script)) {
  console.error(`No task "${task ?? ''}". Usage: node scripts/run.mjs <task>, see scripts/tasks.`);
  process.exit(2);
}

ensureInstalled('.');
const node = pinnedNode();
const { status, signal } = spawnSync(node, [script, ...args], {
  stdio: 'inherit',
  cwd: root,
  env: { ...process.env, PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}` },
});
process.exit(status ?? (signal ? 1 : 0));

function pinnedNode() {
  const pinned = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(pinned)) return pinned;
  // The package fetches its binary in an install script, which some set-ups do not allow.
  if (Number(process.versions.node.split('.')[0]) >= 22) return process.execPath;
  console.error(
    'Node.js 22 or newer is needed: the pinned one could not be installed. Install Node.js 24 and try again.',
  );
  process.exit(1);
}
