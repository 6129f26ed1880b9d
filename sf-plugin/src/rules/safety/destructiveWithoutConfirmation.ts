import { destructiveOperations, effectiveGates, type Gate } from '@agent-readiness/protocol';
import { effectRule, phrase } from '../effectRule.ts';

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
  matches: ({ operation, gate }) => destructiveOperations.has(operation) && !effectiveGates.has(gate),
  message: (effect, { action }) =>
    `${action.name} can ${phrase(effect)} (${effect.reach}) and ${why[effect.gate] ?? 'no gate holds'}.`,
  fix: () => 'Set isConfirmationRequired on the action, or guard it with a variable that only a verified step can set.',
});
