import { isWellFormed, sha256Hex } from '../encoding/bytes.ts';
import type { Manifest } from '../manifest.ts';
import { manifestSha256 } from '../manifestSha256.ts';
import { covers } from './authority.ts';
import { verifyObject, type VerifyContext } from './envelope.ts';
import type { Verified } from './kinds.ts';
import type { OfferClaims } from './offerClaims.ts';
import { refused, type Outcome, type Refusal } from './outcome.ts';
import { checkProvenance } from './provenance.ts';

/** What travels beside an offer, and what was reviewed before. */
export interface OfferEvidence {
  /** The payload string of the HTTP body, as received. */
  readonly payload: string;
  readonly manifest: Manifest;
}

/** Verifies an offer: {@link verifyObject}, then {@link checkOffer}. */
export async function verifyOffer(
  compact: string,
  context: VerifyContext,
  evidence: OfferEvidence,
): Promise<Outcome<Verified<'offer'>>> {
  const offer = await verifyObject('offer', compact, context);
  return (offer.ok ? checkOffer(offer.value.claims, evidence) : undefined) ?? offer;
}

/**
 * The rules of an offer beyond its signature. Undefined if they hold, else the refusal:
 * `payload_mismatch`, the codes of {@link checkProvenance}, `subject_read_only`,
 * `manifest_mismatch`, `action_not_in_manifest` or `authority_exceeds_manifest`.
 */
export function checkOffer(claims: OfferClaims, { payload, manifest }: OfferEvidence): Refusal | undefined {
  return (
    checkPayload(claims, payload) ?? checkProvenance(claims) ?? checkSubject(claims) ?? checkManifest(claims, manifest)
  );
}

/** Whether `payload_sha256` is the digest of the UTF-8 bytes of the payload string. */
export function checkPayload(claims: { readonly payload_sha256: string }, payload: string): Refusal | undefined {
  const matches = isWellFormed(payload) && sha256Hex(payload) === claims.payload_sha256;
  return matches ? undefined : refused('payload_mismatch', 'payload_sha256');
}

function checkSubject({ sub_auth, authorization_details }: OfferClaims): Refusal | undefined {
  const mayWrite = sub_auth !== 'unverified';
  return mayWrite || authorization_details.every(({ operation }) => operation === 'read')
    ? undefined
    : refused('subject_read_only', 'authorization_details');
}

/**
 * What was reviewed is what runs: the grants are contained in the entry of this agent, topic and
 * action. Reading is not an effect and has no entry; it is bounded by the offer alone.
 */
function checkManifest(claims: OfferClaims, manifest: Manifest): Refusal | undefined {
  if (manifestSha256(manifest) !== claims.manifest) return refused('manifest_mismatch', 'manifest');
  const { topic, action } = claims.rctx;
  const entries = manifest.actions.filter(
    (entry) => entry.agent === claims.act.sub && entry.topic === topic && entry.action === action,
  );
  if (entries.length === 0) return refused('action_not_in_manifest', 'rctx');
  const effects = claims.authorization_details.filter(({ operation }) => operation !== 'read');
  return covers(
    entries.flatMap((entry) => entry.effects),
    effects,
  )
    ? undefined
    : refused('authority_exceeds_manifest', 'authorization_details');
}
