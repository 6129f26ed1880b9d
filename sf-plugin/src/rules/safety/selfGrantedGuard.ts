import { dataOperations } from '@agent-readiness/protocol';
import type { Rule } from '../rule.ts';

export const selfGrantedGuard: Rule = {
  id: 'self-granted-guard',
  category: 'safety',
  severity: 'high',
  summary: 'The guard of an action depends on a value that the model itself can set.',
  check: ({ capabilities }) =>
    capabilities
      .filter(({ effects }) =>
        effects.some(
          ({ gate, operation, reversibility }) =>
            gate === 'self-grantable' && (dataOperations.has(operation) || reversibility === 'irreversible'),
        ),
      )
      .map(({ agent, action }) => ({
        agent,
        action,
        message: `${action.name} is guarded, but the model can set what the guard looks at.`,
        fix: 'Guard it with a linked variable, or with the output of an action whose inputs the model does not fill.',
      })),
};
