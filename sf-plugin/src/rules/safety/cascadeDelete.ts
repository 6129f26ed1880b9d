import type { Effect } from '@agent-readiness/protocol';
import { nameSome } from '../nameSome.ts';
import type { Rule } from '../rule.ts';

export const cascadeDelete: Rule = {
  id: 'cascade-delete',
  category: 'safety',
  severity: 'medium',
  summary: 'A write of an action makes triggers, flows or the platform delete further records.',
  check: ({ capabilities }) =>
    capabilities.flatMap((capability) => {
      const deleted = capability.effects.filter(
        ({ operation, reach }) => operation === 'delete' && reach === 'cascade',
      );
      const [first] = deleted;
      if (!first) return [];
      return [
        {
          agent: capability.agent,
          action: capability.action,
          effect: first,
          message: `What ${capability.action.name} writes makes records of ${objectsOf(deleted)} be deleted.`,
          fix: 'Review what goes along; archive instead of deleting where somebody still needs it.',
        },
      ];
    }),
};

function objectsOf(effects: readonly Effect[]): string {
  return nameSome([...new Set(effects.map(({ object }) => object))].sort(), 'more objects');
}
