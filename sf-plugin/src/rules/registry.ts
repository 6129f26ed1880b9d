import { untestedWrite } from './evaluation/untestedWrite.ts';
import { ungovernedCallout } from './governance/ungovernedCallout.ts';
import type { Rule } from './rule.ts';
import { anyObjectWrite } from './safety/anyObjectWrite.ts';
import { cascadeDelete } from './safety/cascadeDelete.ts';
import { declaredOnlyConfirmation } from './safety/declaredOnlyConfirmation.ts';
import { destructiveWithoutConfirmation } from './safety/destructiveWithoutConfirmation.ts';
import { deterministicWrite } from './safety/deterministicWrite.ts';
import { irreversibleSideEffect } from './safety/irreversibleSideEffect.ts';
import { opaqueTarget } from './safety/opaqueTarget.ts';
import { privilegeWrite } from './safety/privilegeWrite.ts';
import { selfGrantedGuard } from './safety/selfGrantedGuard.ts';
import { systemModeWrite } from './safety/systemModeWrite.ts';
import { unboundedWrite } from './safety/unboundedWrite.ts';

/** Every rule there is. Documentation, SARIF and help are derived from this list. */
export const rules: readonly Rule[] = [
  destructiveWithoutConfirmation,
  privilegeWrite,
  anyObjectWrite,
  unboundedWrite,
  systemModeWrite,
  declaredOnlyConfirmation,
  selfGrantedGuard,
  opaqueTarget,
  irreversibleSideEffect,
  cascadeDelete,
  deterministicWrite,
  ungovernedCallout,
  untestedWrite,
];
