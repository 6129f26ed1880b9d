/**
 * Measures the check, see docs/performance.md: against the ANTLR parser for Apex on a project given by
 * path (NPSP, for the figures in the page), and on generated orgs of growing size. Takes many minutes.
 *
 * Usage: npm run bench:check -- [folder of an sfdx project] [--runs 3] [--quick]
 */
import { parseArgs } from 'node:util';
import { bench } from '../bench/main.mjs';
import { ensureInstalled } from '../shared/install.mjs';
import { runTool } from '../shared/steps.mjs';

const { values, positionals } = parseArgs({
  options: { runs: { type: 'string', default: '3' }, quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const runs = Number(values.runs);
if (!Number.isInteger(runs) || runs < 1) throw new Error('--runs takes a whole number from 1.');
ensureInstalled('scripts/bench', { ignoreScripts: true });
if (!runTool('scripts/buildGrammar.mjs', [], { show: true })) process.exit(1);
bench({ project: positionals[0], runs, quick: values.quick });
