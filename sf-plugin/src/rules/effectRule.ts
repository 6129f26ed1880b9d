import type { Effect } from '@agent-readiness/protocol';
import type { Capability, Rule, Violation } from './rule.ts';

interface EffectRule extends Omit<Rule, 'check'> {
  /** Whether the effect is one the rule reports. */
  readonly matches: (effect: Effect, capability: Capability) => boolean;
  readonly message: (effect: Effect, capability: Capability) => string;
  readonly fix: (effect: Effect, capability: Capability) => string;
}

/**
 * A rule that looks at each effect by itself. It reports an operation on an object once per action,
 * on the effect found first: the most direct one.
 */
export function effectRule({ matches, message, fix, ...rule }: EffectRule): Rule {
  return {
    ...rule,
    check: ({ capabilities }) =>
      capabilities.flatMap((capability): Violation[] => {
        const reported = new Map<string, Violation>();
        for (const effect of capability.effects) {
          const key = effectName(effect);
          if (reported.has(key) || !matches(effect, capability)) continue;
          reported.set(key, {
            agent: capability.agent,
            action: capability.action,
            effect,
            message: message(effect, capability),
            fix: fix(effect, capability),
          });
        }
        return [...reported.values()];
      }),
  };
}

/** How people name an effect: `delete:Contact`. */
export function effectName({ operation, object }: Pick<Effect, 'operation' | 'object'>): string {
  return `${operation}:${object}`;
}

/** `delete Contact`, `delete records of any object`. */
export function phrase({ operation, object }: Pick<Effect, 'operation' | 'object'>): string {
  return object === '*' ? `${operation} records of any object` : `${operation} ${object}`;
}
