/** Formats every file in place; Apex too, once its checkers are installed (`npm test` installs them). */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../shared/install.mjs';
import { runTool } from '../shared/steps.mjs';

const prettier = 'node_modules/prettier/bin/prettier.cjs';
const apexPlugin = join(root, 'scripts/salesforce/node_modules/prettier-plugin-apex/dist/src/index.js');

const everything = runTool(prettier, ['--write', '--log-level=warn', '.'], { show: true });
const apex =
  !existsSync(apexPlugin) ||
  runTool(
    prettier,
    // `.prettierignore` leaves metadata out, for the XML in it.
    [
      '--write',
      '--log-level=warn',
      '--ignore-path=.gitignore',
      `--plugin=${apexPlugin}`,
      'force-app/**/*.{cls,trigger}',
      'examples/order-care/**/*.{cls,trigger}',
    ],
    { show: true },
  );

process.exit(everything && apex ? 0 : 1);
