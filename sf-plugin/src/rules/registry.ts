import { untestedWrite } from './evaluation/untestedWrite.ts';
import type { Rule } from './rule.ts';
import { anyObjectWrite } from './safety/anyObjectWrite.ts';
import { declaredOnlyConfirmation } from './safety/declaredOnlyConfirmation.ts';
import { destructiveWithoutConfirmation } from './safety/destructiveWithoutConfirmation.ts';
import { opaqueTarget } from './safety/opaqueTarget.ts';
import { systemModeWrite } from './safety/systemModeWrite.ts';
import { unboundedWrite } from './safety/unboundedWrite.ts';

/** Every rule there is. Documentation, SARIF and help are derived from this list. */
export const rules: readonly Rule[] = [
  destructiveWithoutConfirmation,
  declaredOnlyConfirmation,
  anyObjectWrite,
  unboundedWrite,
  systemModeWrite,
  opaqueTarget,
  untestedWrite,
];
