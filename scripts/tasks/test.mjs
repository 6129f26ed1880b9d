/**
 * Runs every check and every test and ends with "N passed, N failed".
 * Arguments are handed to jest: npm test -- sf-plugin/test/rules
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasJava } from '../salesforce/java.mjs';
import { checks } from '../shared/checks.mjs';
import { ensureInstalled, root } from '../shared/install.mjs';
import { build, runTool } from '../shared/steps.mjs';

const filters = process.argv.slice(2);
let passed = 0;
let failed = 0;

function count(name, ok) {
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (ok) passed += 1;
  else failed += 1;
}

count('build and types', build());
if (filters.length === 0) {
  ensureInstalled('testkit/cli', { ignoreScripts: true });
  for (const [name, script, args] of checks) count(name, runTool(script, args));
  if (hasJava()) {
    ensureInstalled('scripts/salesforce', { ignoreScripts: true });
    count('salesforce sources', runTool('scripts/salesforce/checkSalesforce.mjs', []));
  } else {
    console.log('skip salesforce sources: no Java development kit was found');
  }
}

const results = join(root, '.cache', 'jest.json');
mkdirSync(join(root, '.cache'), { recursive: true });
rmSync(results, { force: true });
const ok = runTool('node_modules/jest/bin/jest.js', ['--json', `--outputFile=${results}`, ...filters], {
  show: true,
  env: { NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning' },
});
const { numPassedTests, numFailedTests, numFailedTestSuites } = readResults();
passed += numPassedTests;
failed += numFailedTests;
// A suite that could not start, or a run that found nothing, has no failed test to count.
if (!ok && numFailedTests === 0) failed += Math.max(1, numFailedTestSuites);

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function readResults() {
  try {
    return JSON.parse(readFileSync(results, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1 };
  }
}
