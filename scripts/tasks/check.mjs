/** Runs the checks without the tests: types, format, lint, import rules, dead code, packages. */
import { checks } from '../shared/checks.mjs';
import { build, runTool } from '../shared/steps.mjs';

let failed = build() ? 0 : 1;
for (const [name, script, args] of checks) {
  const ok = runTool(script, args);
  console.log(`${ok ? 'ok  ' : 'FAIL'} ${name}`);
  if (!ok) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
