/**
 * Runs every check and every test and ends with "N passed, N failed".
 * Arguments are handed to jest: npm test -- sf-plugin/test/rules
 *
 * The Lightning web components are compiled and tested with a jest of their own, in test/lwc.
 */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { hasJava } from '../salesforce/java.mjs';
import { checks } from '../shared/checks.mjs';
import { ensureInstalled, root } from '../shared/install.mjs';
import { build, runTool } from '../shared/steps.mjs';

const filters = process.argv.slice(2);
const ofComponents = filters.filter((filter) => filter.startsWith('test/lwc'));
const ofPackages = filters.filter((filter) => !ofComponents.includes(filter));
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
    count('planted errors in metadata', runTool('scripts/tasks/planted-errors.mjs', ['metadata']));
  } else {
    console.log('skip salesforce sources: no Java development kit was found');
  }
}

mkdirSync(join(root, '.cache'), { recursive: true });
if (filters.length === 0 || ofComponents.length > 0) {
  ensureInstalled('test/lwc', { ignoreScripts: true });
  // Jest takes the folder of a configuration as its root, and a filter as part of a path.
  runJest('test/lwc/node_modules/jest/bin/jest.js', ['--config=test/lwc/jest.config.mjs', ...ofComponents], '');
}
if (filters.length === 0 || ofPackages.length > 0) {
  runJest(
    'node_modules/jest/bin/jest.js',
    ofPackages,
    '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  );
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

function runJest(script, args, nodeOptions) {
  const results = join(root, '.cache', 'jest.json');
  rmSync(results, { force: true });
  const ok = runTool(script, ['--json', `--outputFile=${results}`, ...args], {
    show: true,
    env: { NODE_OPTIONS: nodeOptions },
  });
  const { numPassedTests, numFailedTests, numFailedTestSuites } = readResults(results);
  passed += numPassedTests;
  failed += numFailedTests;
  // A suite that could not start, or a run that found nothing, has no failed test to count.
  if (!ok && numFailedTests === 0) failed += Math.max(1, numFailedTestSuites);
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1 };
  }
}
