import type { Rule } from '../rule.ts';

/** How long people wait for an answer before they take the agent for dead. */
const budgetSeconds = 30;

const id = 'sync-callout-budget';

export const syncCalloutBudget: Rule = {
  id,
  category: 'latency',
  severity: 'medium',
  summary: 'The callouts of an action may together keep the conversation waiting for more than 30 seconds.',
  options: { seconds: budgetSeconds },
  check: ({ capabilities, policy }) =>
    capabilities.flatMap(({ agent, action, occurrences }) => {
      const waits = occurrences.flatMap(({ isLater, manner, path }) =>
        isLater || manner.timeoutMs === undefined ? [] : { ms: manner.timeoutMs, path },
      );
      const total = waits.reduce((sum, { ms }) => sum + ms, 0);
      const [longest] = [...waits].sort((a, b) => b.ms - a.ms);
      if (!longest || total <= (policy?.optionOf(id, 'seconds') ?? budgetSeconds) * 1000) return [];
      return [
        {
          agent,
          action,
          path: longest.path,
          message: `${action.name} may wait ${Math.round(total / 1000)} seconds for ${waits.length === 1 ? 'a callout' : `${waits.length} callouts`} while the conversation stands still.`,
          fix: 'Shorten the timeouts, or enqueue the work and tell the person when it is done.',
        },
      ];
    }),
};
