import { canonicalJson } from '../encoding/canonicalJson.ts';
import { sha256Hex } from '../encoding/bytes.ts';
import type { Verified } from './kinds.ts';
import type { OfferClaims } from './offerClaims.ts';
import { refused, type Refusal } from './outcome.ts';

/** What a bridge keeps of an offer it has seen. */
export interface SeenOffer {
  /** Digest of the compact form. */
  readonly sha256: string;
  /** See {@link offerContentSha256}. */
  readonly contentSha256: string;
  /** The answer that was given (a compact JWS); undefined while the work is under way. */
  readonly answer: string | undefined;
}

/**
 * Look-ups by issuer and `jti`, and by issuer and `txn`. Entries are kept for longer than an offer can
 * live (exp and skew) under `jti`, and for as long as results are kept under `txn`. Both keys must be
 * unique in the store: of two that arrive at once, the second insert fails and is decided again.
 */
export interface ReplayStore {
  byJti(issuer: string, jti: string): Promise<SeenOffer | undefined>;
  byTxn(issuer: string, txn: string): Promise<SeenOffer | undefined>;
}

/**
 * `fresh`: run it. `repeat`: run nothing and give the stored answer. To a retry, or after the answer
 * has expired, the same content is signed anew over the offer at hand: `prev`, times and `jti` differ.
 */
export type ReplayDecision =
  | { readonly kind: 'fresh' }
  | { readonly kind: 'repeat'; readonly answer: string | undefined }
  | { readonly kind: 'conflict'; readonly refusal: Refusal };

/**
 * Decides over a verified offer: the same object again and a retry (new `jti`, same `txn`, same
 * content) are answered from the store; a known `jti` or `txn` with other content is a conflict,
 * `jti_reused` or `txn_changed`.
 */
export async function decideReplay(offer: Verified<'offer'>, store: ReplayStore): Promise<ReplayDecision> {
  const { iss, jti, txn } = offer.claims;
  const same = await store.byJti(iss, jti);
  if (same !== undefined) {
    if (same.sha256 === offer.sha256) return { kind: 'repeat', answer: same.answer };
    return { kind: 'conflict', refusal: refused('jti_reused', 'jti') };
  }
  const earlier = await store.byTxn(iss, txn);
  if (earlier === undefined) return { kind: 'fresh' };
  if (earlier.contentSha256 === offerContentSha256(offer.claims)) return { kind: 'repeat', answer: earlier.answer };
  return { kind: 'conflict', refusal: refused('txn_changed', 'txn') };
}

/**
 * What a retry must not change: SHA-256 of the canonical claims without those that differ between two
 * attempts at the same thing (times, `jti`, `att`, `trace`, and the Apex request that made it).
 */
export function offerContentSha256(claims: OfferClaims): string {
  const perAttempt = {
    iat: undefined,
    nbf: undefined,
    exp: undefined,
    jti: undefined,
    att: undefined,
    trace: undefined,
  };
  const rctx = { ...claims.rctx, request_id: undefined, quiddity: undefined };
  return sha256Hex(canonicalJson({ ...claims, ...perAttempt, rctx }));
}
