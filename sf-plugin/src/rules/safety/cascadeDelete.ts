import type { Effect } from '@agent-readiness/protocol';
import type { Rule } from '../rule.ts';

/** Names of this many objects fit a message; the report has them all. */
const named = 5;

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
          capability,
          effect: first,
          message: `What ${capability.action.name} writes makes records of ${objectsOf(deleted)} be deleted.`,
          fix: 'Review what goes along; archive instead of deleting where somebody still needs it.',
        },
      ];
    }),
};

function objectsOf(effects: readonly Effect[]): string {
  const objects = [...new Set(effects.map(({ object }) => object))].sort();
  const rest = objects.length - named;
  return rest > 0 ? `${objects.slice(0, named).join(', ')} and ${rest} more objects` : objects.join(', ');
}
