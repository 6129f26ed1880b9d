import type { Effect, Place } from '@agent-readiness/protocol';
import type { Rule } from '../rule.ts';

export const nonIdempotentRetry: Rule = {
  id: 'non-idempotent-retry',
  category: 'reliability',
  severity: 'medium',
  summary: 'An action repeats a callout that failed, although the other side may have done its work.',
  check: ({ capabilities }) =>
    capabilities.flatMap(({ agent, action, effects, retries }) => {
      const callouts = effects.filter(isUnsafe);
      const again = retries.flatMap(({ calls, place }) => {
        const effect = callouts.find(({ path }) => path.some((hop) => calls.some((call) => isSame(call, hop))));
        return effect ? { effect, place } : [];
      });
      const [first] = again;
      if (!first) return [];
      const { effect, place } = first;
      return [
        {
          agent,
          action,
          effect,
          message: `${action.name} repeats a callout to ${effect.object} after a failure (${place.file}:${place.line}), and nothing keeps it from being done twice.`,
          fix: 'Send an idempotency key that stays the same in all tries, or ask what became of the first one.',
        },
      ];
    }),
};

/** A write that fails has changed nothing; a callout that fails may have arrived. */
function isUnsafe({ operation, reversibility, reach }: Effect): boolean {
  const leaves = operation === 'callout' || operation === 'invoke-agent';
  return leaves && reversibility === 'irreversible' && reach !== 'cascade';
}

function isSame(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.column === b.column;
}
