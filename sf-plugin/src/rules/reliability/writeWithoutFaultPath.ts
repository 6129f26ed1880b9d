import { dataOperations } from '@agent-readiness/protocol';
import { nameSome } from '../nameSome.ts';
import type { Rule } from '../rule.ts';

export const writeWithoutFaultPath: Rule = {
  id: 'write-without-fault-path',
  category: 'reliability',
  severity: 'low',
  summary: 'A flow of an action writes records, and a failure of the write ends it without a fault path.',
  check: ({ capabilities }) =>
    capabilities.flatMap(({ agent, action, occurrences }) => {
      const bare = occurrences.filter(
        ({ operation, manner }) => dataOperations.has(operation) && manner.hasNoFaultPath === true,
      );
      const [first] = bare;
      if (!first) return [];
      const writes = [...new Set(bare.map(({ operation, object }) => `${operation} ${object}`))].sort();
      return [
        {
          agent,
          action,
          path: first.path,
          message: `When a write of ${action.name} fails (${nameSome(writes)}), its flow ends and the agent learns nothing but that it failed.`,
          fix: 'Add a fault path to the element that tells the agent what did not happen.',
        },
      ];
    }),
};
