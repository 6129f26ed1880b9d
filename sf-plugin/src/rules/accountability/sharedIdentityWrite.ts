import type { Effect, Gate, Operation } from '@agent-readiness/protocol';
import type { AgentAction } from '../../graph/agent.ts';
import { servesCustomers } from '../agentType.ts';
import { nameSome } from '../nameSome.ts';
import type { Rule } from '../rule.ts';

/** Operations on records that are there already: the wrong one may be somebody else's. */
const onExisting: ReadonlySet<Operation> = new Set<Operation>([
  'update',
  'upsert',
  'delete',
  'undelete',
  'merge',
  'convert',
]);

/** A confirmation is given by the same person who asks, so that it says nothing about whose record it is. */
const checksWho: ReadonlySet<Gate> = new Set<Gate>(['guarded', 'approval']);

export const sharedIdentityWrite: Rule = {
  id: 'shared-identity-write',
  category: 'accountability',
  severity: 'medium',
  summary:
    'An action changes records for all customers as one user, by values of the model and without a check of whose they are.',
  check: ({ capabilities }) =>
    capabilities.flatMap(({ agent, action, effects }) => {
      const writes = effects.filter(isUnchecked);
      const [first] = writes;
      if (!first || !servesCustomers(agent) || action.role === 'entry' || isGuardedToo(action)) return [];
      const names = [...new Set(writes.map(({ operation, object }) => `${operation} ${object}`))].sort();
      const user = first.identity === 'user' ? (agent.runsAs ?? 'the user of the agent') : 'the system';
      return [
        {
          agent,
          action,
          effect: first,
          message: `${action.name} changes records (${nameSome(names)}) as ${user} for whoever talks to the agent: the model fills what decides over them.`,
          fix: 'Bind the id to a linked variable or to the result of a verification, or guard the action with a variable that only a verification sets.',
        },
      ];
    }),
};

function isGuardedToo({ bindings }: AgentAction): boolean {
  return bindings.every(({ isAlsoGuarded }) => isAlsoGuarded === true);
}

function isUnchecked({ operation, chosenBy, gate, reach }: Effect): boolean {
  return onExisting.has(operation) && chosenBy === 'model' && reach !== 'cascade' && !checksWho.has(gate);
}
