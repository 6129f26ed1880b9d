import type { Place } from '@agent-readiness/protocol';
import { scopeKey, type Scope } from '../scope.ts';
import type { EffectTarget } from './effectText.ts';
import type { Budget } from './policy.ts';
import type { PolicyText } from './schema.ts';

type BudgetText = NonNullable<NonNullable<PolicyText['agents']>[string]['may']>;
type LimitedEffect = Extract<BudgetText[number], { effect: unknown }>;

/** The entries of a `may` as scopes. */
export function toBudget(entries: BudgetText, place: Place): Budget {
  const allowed = entries.flatMap((entry) =>
    'effect' in entry
      ? entry.effect.map((target) => toScope(target, entry))
      : entry.map((target) => toScope(target, {})),
  );
  return { place, allowed: united(allowed) };
}

/** What an entry does not limit, it allows. */
function toScope(
  { operation, object, fields }: EffectTarget,
  { extent = 'unbounded', extentLimit, identity, gate, reversibility }: Omit<LimitedEffect, 'effect'>,
): Scope {
  return {
    operation,
    object,
    fields: [...fields],
    extent,
    ...(extentLimit !== undefined && { extentLimit }),
    identity: identity ?? 'system',
    gate: gate ?? 'none',
    reversibility: reversibility ?? 'irreversible',
  };
}

/** Entries that differ only in their fields are one: an effect may write fields of several. */
function united(scopes: readonly Scope[]): Scope[] {
  const byRest = new Map<string, Scope>();
  for (const scope of scopes) {
    const key = scopeKey({ ...scope, fields: [] });
    const fields = [...new Set([...(byRest.get(key)?.fields ?? []), ...scope.fields])].sort();
    byRest.set(key, { ...scope, fields: fields.includes('*') ? ['*'] : fields });
  }
  return [...byRest.values()];
}
