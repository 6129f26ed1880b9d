import { servesCustomers } from '../agentType.ts';
import type { Rule } from '../rule.ts';

export const noEscalationPath: Rule = {
  id: 'no-escalation-path',
  category: 'accountability',
  severity: 'medium',
  summary: 'An agent that serves customers has no way to hand the conversation to a person.',
  check: ({ agents }) =>
    agents
      .filter((agent) => servesCustomers(agent) && agent.escalation === undefined)
      .map((agent) => ({
        agent,
        message: `${agent.name} cannot hand a conversation to a person: no topic, connection or flow does.`,
        fix: 'Add a topic that escalates, and a connection with an outbound route to a queue.',
      })),
};
