import { handoffWithoutReceipt } from './accountability/handoffWithoutReceipt.ts';
import { missingOwner } from './accountability/missingOwner.ts';
import { noEscalationPath } from './accountability/noEscalationPath.ts';
import { sharedIdentityWrite } from './accountability/sharedIdentityWrite.ts';
import { actionFanOut } from './cost/actionFanOut.ts';
import { modelCallInLoop } from './cost/modelCallInLoop.ts';
import { noAdversarialTest } from './evaluation/noAdversarialTest.ts';
import { untestedWrite } from './evaluation/untestedWrite.ts';
import { classifiedDataEgress } from './governance/classifiedDataEgress.ts';
import { conversationLogOff } from './governance/conversationLogOff.ts';
import { staleHandoffTask } from './governance/staleHandoffTask.ts';
import { ungovernedCallout } from './governance/ungovernedCallout.ts';
import { syncCalloutBudget } from './latency/syncCalloutBudget.ts';
import { bundleCopyDrift } from './reliability/bundleCopyDrift.ts';
import { calloutWithoutTimeout } from './reliability/calloutWithoutTimeout.ts';
import { draftPublishedDrift } from './reliability/draftPublishedDrift.ts';
import { nonIdempotentRetry } from './reliability/nonIdempotentRetry.ts';
import { writeWithoutFaultPath } from './reliability/writeWithoutFaultPath.ts';
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
  sharedIdentityWrite,
  systemModeWrite,
  declaredOnlyConfirmation,
  selfGrantedGuard,
  opaqueTarget,
  irreversibleSideEffect,
  cascadeDelete,
  deterministicWrite,
  ungovernedCallout,
  classifiedDataEgress,
  conversationLogOff,
  staleHandoffTask,
  missingOwner,
  noEscalationPath,
  handoffWithoutReceipt,
  draftPublishedDrift,
  bundleCopyDrift,
  nonIdempotentRetry,
  writeWithoutFaultPath,
  calloutWithoutTimeout,
  modelCallInLoop,
  actionFanOut,
  syncCalloutBudget,
  untestedWrite,
  noAdversarialTest,
];
