import type { AcceptClaims } from './answerClaims.ts';
import { covers } from './authority.ts';
import { verifyObject, type VerifyContext } from './envelope.ts';
import type { Verified } from './kinds.ts';
import { refused, type Outcome, type Refusal } from './outcome.ts';

/** Verifies an accept against the offer it answers: {@link verifyObject}, then {@link checkAccept}. */
export async function verifyAccept(
  compact: string,
  context: VerifyContext,
  offer: Verified<'offer'>,
): Promise<Outcome<Verified<'accept'>>> {
  const accept = await verifyObject('accept', compact, context, offer);
  return (accept.ok ? checkAccept(accept.value.claims, offer) : undefined) ?? accept;
}

/**
 * Authority may only narrow. Undefined if the accept stays within the offer, else
 * `manifest_mismatch`, `authority_widened` or `cost_widened`.
 */
export function checkAccept(claims: AcceptClaims, { claims: offer }: Verified<'offer'>): Refusal | undefined {
  if (claims.manifest !== offer.manifest) return refused('manifest_mismatch', 'manifest');
  if (!covers(offer.authorization_details, claims.authorization_details)) {
    return refused('authority_widened', 'authorization_details');
  }
  return claims.max_cost_usd_micros <= offer.tctx.max_cost_usd_micros
    ? undefined
    : refused('cost_widened', 'max_cost_usd_micros');
}

/** Verifies a refusal of an offer; it has no rules beyond {@link verifyObject}. */
export function verifyRefuse(
  compact: string,
  context: VerifyContext,
  offer: Verified<'offer'>,
): Promise<Outcome<Verified<'refuse'>>> {
  return verifyObject('refuse', compact, context, offer);
}
