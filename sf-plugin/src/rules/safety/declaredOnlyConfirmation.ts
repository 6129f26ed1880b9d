import { dataOperations } from '@agent-readiness/protocol';
import type { Rule } from '../rule.ts';

export const declaredOnlyConfirmation: Rule = {
  id: 'declared-only-confirmation',
  category: 'safety',
  severity: 'high',
  summary: 'An action relies on require_user_confirmation, which compiles but stops nothing at run time.',
  check: ({ capabilities }) =>
    capabilities
      .filter(
        ({ action, effects }) =>
          action.confirmation === 'declared-only' &&
          effects.some(
            ({ operation, reversibility }) => dataOperations.has(operation) || reversibility === 'irreversible',
          ),
      )
      .map(({ agent, action }) => ({
        agent,
        action,
        message: `${action.name} declares require_user_confirmation, but it runs without asking.`,
        fix: 'Ask in a separate step, store the answer in a variable that the model cannot set, and guard the action with "available when".',
      })),
};
