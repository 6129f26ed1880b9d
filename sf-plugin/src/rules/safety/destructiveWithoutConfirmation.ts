import { destructiveOperations, effectiveGates, type Effect, type Gate } from '@agent-readiness/protocol';
import { effectRule, phrase } from '../effectRule.ts';
import type { Capability } from '../rule.ts';

const why: Readonly<Partial<Record<Gate, string>>> = {
  none: 'nothing stands in front of it',
  'declared-only': 'the confirmation it declares is not enforced at run time',
  'self-grantable': 'its guard depends on a value that the model itself can set',
};

export const destructiveWithoutConfirmation = effectRule({
  id: 'destructive-without-confirmation',
  category: 'safety',
  severity: 'critical',
  summary: 'An action can delete, merge or convert records and no working gate stands in front of it.',
  // What goes with a record that the action deletes itself is one decision, and one finding.
  matches: (effect, capability) => isUngated(effect) && (effect.reach !== 'cascade' || !deletesByItself(capability)),
  message: (effect, { action }) =>
    `${action.name} can ${phrase(effect)} (${effect.reach}) and ${why[effect.gate] ?? 'no gate holds'}.`,
  fix: () => 'Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set.',
});

function isUngated({ operation, gate }: Effect): boolean {
  return destructiveOperations.has(operation) && !effectiveGates.has(gate);
}

function deletesByItself({ effects }: Capability): boolean {
  return effects.some((effect) => effect.reach !== 'cascade' && isUngated(effect));
}
