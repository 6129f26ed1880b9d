import type { z } from 'zod';
import { kinds, type ClaimsOf, type Kind } from './kinds.ts';
import { accepted, refused, type Outcome } from './outcome.ts';

/**
 * Checks the claims of one object against its schema and its life time.
 *
 * A claim that this version does not define is refused, where RFC 7519 section 4 would let it be
 * ignored: it could be a restriction, and ignoring a restriction widens authority. New claims need a
 * new `typ`. Refuses with `claim_unknown`, `owner_missing`, `claim_invalid` or `lifetime_too_long`.
 */
export function checkClaims<K extends Kind>(kind: K, claims: unknown): Outcome<ClaimsOf<K>> {
  const { schema, lifetimeSeconds } = kinds[kind];
  const parsed = schema.safeParse(claims);
  if (!parsed.success) return refuse(parsed.error.issues);
  const { iat, nbf, exp } = parsed.data;
  if (nbf < iat || exp <= nbf) return refused('claim_invalid', 'iat ≤ nbf < exp');
  if (exp - iat > lifetimeSeconds) return refused('lifetime_too_long', `at most ${lifetimeSeconds} s`);
  return accepted(parsed.data as ClaimsOf<K>);
}

function refuse(issues: readonly z.core.$ZodIssue[]): Outcome<never> {
  const unknown = issues.find(({ code }) => code === 'unrecognized_keys');
  if (unknown !== undefined) return refused('claim_unknown', pathOf(unknown) || 'the claims');
  const ownerless = issues.find(({ path }) => path[0] === 'owner');
  if (ownerless !== undefined) return refused('owner_missing', pathOf(ownerless));
  return refused('claim_invalid', issues[0] === undefined ? '' : pathOf(issues[0]));
}

function pathOf({ path }: z.core.$ZodIssue): string {
  return path.map(String).join('.');
}
