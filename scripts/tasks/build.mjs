/** Compiles the Apex grammar (once) and all packages. */
import { build } from '../lib/steps.mjs';

process.exit(build() ? 0 : 1);
