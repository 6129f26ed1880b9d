/** Says so where Node.js is too old, before the packages that the commands load fail in words of their own. */
import { createRequire } from 'node:module';

const { engines } = createRequire(import.meta.url)('../package.json');
const oldest = Number(/\d+/.exec(engines.node)[0]);
if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(`agent-readiness needs Node.js ${oldest} or newer. This is ${process.versions.node}.`);
  process.exit(31);
}
