import {
  createObject,
  type ClaimsOf,
  type Kind,
  type Outcome,
  type Verified,
  type VerifyContext,
} from '@agent-readiness/protocol/handoff';
import { nowSeconds, type Bridge } from '../bridge.ts';

const lifetimeSeconds = 120;

/** What the protocol's verifiers know here. */
export function verifyContext({ party, trust, clock }: Pick<Bridge, 'party' | 'trust' | 'clock'>): VerifyContext {
  return { self: party, trust, now: nowSeconds({ clock }) };
}

/** The claims that every answer to an object of the org shares. */
export function answerTo(bridge: Bridge, previous: Verified, org: string) {
  const now = nowSeconds(bridge);
  return {
    iss: bridge.party,
    aud: org,
    iat: now,
    nbf: now,
    exp: now + lifetimeSeconds,
    jti: bridge.random.uuid(),
    txn: previous.claims.txn,
    prev: previous.sha256,
  };
}

/**
 * Signs an answer of the bridge.
 *
 * @throws Error when the bridge made claims that a verifier would refuse: a bug, and nothing leaves
 */
export async function sign<K extends Kind>(
  { signer }: Pick<Bridge, 'signer'>,
  kind: K,
  claims: ClaimsOf<K>,
  previous: Verified,
): Promise<Verified<K>> {
  return valueOf(await createObject(kind, claims, signer, previous));
}

function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`the bridge cannot sign this: ${outcome.code}, ${outcome.detail}`);
}
