import type { LocatedYaml, YamlPath } from '../../extract/yaml/locatedYaml.ts';
import type { Problem } from '../problem.ts';
import { scopeKey, type Scope } from '../scope.ts';
import { parseEffectText, type EffectTarget } from './effectText.ts';
import type { Budget } from './policy.ts';
import type { PolicyText } from './schema.ts';

type BudgetText = NonNullable<NonNullable<PolicyText['agents']>[string]['may']>;

/** Reads the entries of a `may`. Adds to `problems` what cannot be read. */
export function parseBudget(entries: BudgetText, path: YamlPath, document: LocatedYaml, problems: Problem[]): Budget {
  const allowed = entries.flatMap((entry, at): Scope[] => {
    const limits = typeof entry === 'string' ? { effect: entry } : entry;
    const targets = parseEffectText(limits.effect);
    if (typeof targets !== 'string') return targets.map((target) => toScope(target, limits));
    const where = typeof entry === 'string' ? [...path, at] : [...path, at, 'effect'];
    problems.push({ place: document.placeOf(where), message: targets });
    return [];
  });
  return { place: document.placeOf(path), allowed: united(allowed) };
}

/** What an entry does not limit, it allows. */
function toScope(
  { operation, object, fields }: EffectTarget,
  { extent = 'unbounded', extentLimit, identity, gate, reversibility }: Exclude<BudgetText[number], string>,
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
