import { dataOperations } from '@agent-readiness/protocol';
import type { Rule } from '../rule.ts';

export const deterministicWrite: Rule = {
  id: 'deterministic-write',
  category: 'safety',
  severity: 'medium',
  summary: 'The script runs an action that writes by itself, so that no confirmation can stop it.',
  check: ({ capabilities }) =>
    capabilities.flatMap((capability) => {
      const { agent, action, effects } = capability;
      const run = action.bindings.find(({ invocation, gate }) => invocation === 'deterministic' && gate !== 'guarded');
      const write = effects.find(({ operation, reach }) => dataOperations.has(operation) && reach !== 'cascade');
      // What the channel starts is no choice of the script.
      if (!run || !write || action.role === 'entry') return [];
      return [
        {
          agent,
          action,
          effect: write,
          message: `The script runs ${action.name} by itself (${run.place.file}:${run.place.line}), which can ${write.operation} ${write.object}.`,
          fix: 'Offer it to the model behind a confirmation, or put the run behind a condition that the model cannot set.',
        },
      ];
    }),
};
