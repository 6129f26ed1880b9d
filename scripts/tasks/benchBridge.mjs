/**
 * Measures what the bridge adds to a call of the Claude API, with every control on, against a direct call of the SDK
 * and against Portkey's gateway, which only passes the call on: one at a time and at saturation, on PGlite and on
 * PostgreSQL. The model is a fake that answers at once. See docs/performance.md.
 *
 * Usage: npm run bench:bridge -- [--rounds 1000] [--count 600] [--parallel 32] [--passes 3] [--quick]
 *        --no-portkey leaves it out, and does not install it
 */
import { parseArgs } from 'node:util';
import { ensureInstalled } from '../shared/install.mjs';
import { runTool } from '../shared/steps.mjs';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '1000' },
    count: { type: 'string', default: '600' },
    parallel: { type: 'string', default: '32' },
    passes: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    portkey: { type: 'boolean', default: true },
  },
  allowNegative: true,
});
const { quick, portkey, ...figures } = values;
const counts = Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value)]));
if (Object.values(counts).some((value) => !Number.isInteger(value) || value < 1))
  throw new Error('Whole numbers from 1.');
const hasPortkey = portkey && ensureInstalled('scripts/bench/bridge', { ignoreScripts: true, optional: true });
if (portkey && !hasPortkey) console.error('Going on without Portkey.');
const options = { ...counts, ...(quick ? { rounds: 100, count: 100, passes: 1 } : {}), portkey: hasPortkey };
const env = { NODE_OPTIONS: '--conditions=source --disable-warning=ExperimentalWarning' };
if (!runTool('scripts/bench/bridge/main.mjs', [JSON.stringify(options)], { show: true, env })) process.exitCode = 1;
