/** Compiles the Apex grammar (once) and all packages. */
import { build } from '../shared/steps.mjs';

process.exit(build() ? 0 : 1);
