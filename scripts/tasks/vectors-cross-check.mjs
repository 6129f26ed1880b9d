/** Has a second verifier (Python and openssl) judge the golden vectors; exits 1 if it disagrees. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../shared/install.mjs';

const missing = [
  ['python3', '--version'],
  ['openssl', 'version'],
].filter(([command, flag]) => spawnSync(command, [flag]).status !== 0);
if (missing.length > 0) {
  const names = missing.map(([command]) => command).join(' and ');
  console.error(`The cross-check did not run: ${names} not found. It needs Python 3.8 and OpenSSL 3, or newer.`);
  process.exit(2);
}
const script = join(root, 'scripts', 'vectors', 'verify.py');
// -B: no byte code beside the sources.
const { status } = spawnSync('python3', ['-B', script, join(root, 'protocol', 'vectors')], { stdio: 'inherit' });
process.exit(status ?? 1);
