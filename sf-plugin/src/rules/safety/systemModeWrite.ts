import { dataOperations } from '@agent-readiness/protocol';
import { effectRule, phrase } from '../effectRule.ts';

export const systemModeWrite = effectRule({
  id: 'system-mode-write',
  category: 'safety',
  severity: 'high',
  summary: 'An action writes in system mode, so the permissions of the user it acts for do not hold.',
  // What automation does after a write always runs in system mode; nobody can choose otherwise.
  matches: ({ operation, identity, reach }) =>
    dataOperations.has(operation) && identity !== 'user' && reach !== 'cascade',
  message: (effect, { action }) =>
    `${action.name} can ${phrase(effect)} in ${effect.identity === 'system' ? 'system mode without sharing' : 'system mode with sharing'}.`,
  fix: () => 'Run the flow in user mode, or write "as user" in Apex, and grant the agent user exactly what it needs.',
});
