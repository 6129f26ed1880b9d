import { dataOperations, type Effect } from '@agent-readiness/protocol';
import type { Capability, ExpectedAction, Rule } from '../rule.ts';

export const untestedWrite: Rule = {
  id: 'untested-write',
  category: 'evaluation',
  severity: 'medium',
  summary: 'No agent test expects an action that changes something.',
  check: ({ capabilities, expectedActions }) =>
    capabilities.flatMap((capability) => {
      const worst = capability.effects.find(changesSomething);
      // No agent test can expect what the channel starts by itself.
      if (
        !worst ||
        capability.action.role === 'entry' ||
        expectedActions.some((expected) => covers(expected, capability))
      )
        return [];
      return [
        {
          agent: capability.agent,
          action: capability.action,
          effect: worst,
          message: `No agent test expects ${capability.action.name}, which can ${worst.operation} ${worst.object}.`,
          fix: 'Add a test case whose expected actions name it, and one in which it must not be called.',
        },
      ];
    }),
};

function changesSomething({ operation, reversibility }: Effect): boolean {
  return dataOperations.has(operation) || (operation !== 'unknown' && reversibility === 'irreversible');
}

function covers({ agent, action }: ExpectedAction, capability: Capability): boolean {
  const names = [capability.action.name, ...capability.action.aliases];
  return (agent === '' || agent === capability.agent.name) && names.includes(action);
}
