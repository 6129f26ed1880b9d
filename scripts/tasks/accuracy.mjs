/**
 * Measures the check on public projects against labels kept by hand, see docs/accuracy.md. The
 * projects are not part of the repository: clone them at the commits that the labels name.
 *
 * Usage: npm run accuracy -- <folder with the checkouts> [--write]
 */
import { runTool } from '../shared/steps.mjs';

process.exit(
  runTool('sf-plugin/test/accuracy/main.ts', process.argv.slice(2), {
    show: true,
    env: { NODE_OPTIONS: '--conditions=source' },
  })
    ? 0
    : 1,
);
