import { destructiveOperations, effectiveGates } from '@agent-readiness/protocol';
import { effectRule } from '../effectRule.ts';

export const irreversibleSideEffect = effectRule({
  id: 'irreversible-side-effect',
  category: 'safety',
  severity: 'medium',
  summary:
    'An action sends, calls out or publishes, which cannot be undone, and no working gate stands in front of it.',
  // A delete that cannot be undone is reported by destructive-without-confirmation, what is not seen by opaque-target.
  matches: ({ operation, reversibility, gate, certainty, reach }) =>
    reversibility === 'irreversible' &&
    !destructiveOperations.has(operation) &&
    certainty !== 'opaque' &&
    reach !== 'cascade' &&
    !effectiveGates.has(gate),
  message: ({ operation, object }, { action }) =>
    `${action.name} can ${operation} (${object}), which cannot be undone, and no gate that works stands in front of it.`,
  fix: () => 'Set isConfirmationRequired on the action, or let it write a draft that a person sends.',
});
