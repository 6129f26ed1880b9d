import { contains, type Scope as GrantScope } from '@agent-readiness/protocol/handoff';
import { canonicalJson, type Authority } from '@agent-readiness/protocol';

/** What may happen, without evidence that it can. */
export type Scope = Omit<Authority, 'certainty'>;

/** Whether everything that `inner` says may happen is also allowed by `outer`. */
export function allows(outer: Scope, inner: Scope): boolean {
  if (outer.operation !== 'unknown' || inner.operation !== 'unknown') return contains(outer, inner);
  // Nothing can be granted out of the unknown, but what was reviewed as unknown is not new either.
  const known = (scope: Scope): GrantScope => ({ ...scope, operation: 'update' });
  return contains(known(outer), known(inner));
}

/** Equal for two scopes that allow the same, whatever is known about how sure they are. */
export function scopeKey({
  operation,
  object,
  fields,
  extent,
  extentLimit,
  identity,
  gate,
  reversibility,
}: Scope): string {
  return canonicalJson({ operation, object, fields, extent, extentLimit, identity, gate, reversibility });
}
