import { kinds, nearest, type ClaimsOf, type Kind, type Role, type Verified } from './kinds.ts';
import { refused, type Refusal } from './outcome.ts';
import type { Owner } from './values.ts';

/**
 * Whether an object continues its chain: it follows an allowed kind, `prev` is the digest of that
 * object, `txn` is the same and the two parties are. Undefined if so, else `order_wrong`,
 * `prev_broken`, `txn_mismatch` or `party_mismatch`.
 */
export function checkLink<K extends Kind>(
  kind: K,
  claims: ClaimsOf<K>,
  previous: Verified | undefined,
): Refusal | undefined {
  const { from, follows } = kinds[kind];
  if (previous === undefined) return follows.length === 0 ? undefined : refused('order_wrong', 'nothing before it');
  if (!(follows as readonly Kind[]).includes(previous.kind) || !isAwaited(kind, previous)) {
    return refused('order_wrong', `${kind} after ${previous.kind}`);
  }
  if (!('prev' in claims) || claims.prev !== previous.sha256) return refused('prev_broken', 'prev');
  if (claims.txn !== previous.claims.txn) return refused('txn_mismatch', 'txn');
  const { iss, aud } = previous.claims;
  const [expectedIss, expectedAud] = kinds[previous.kind].from === from ? [iss, aud] : [aud, iss];
  if (claims.iss !== expectedIss || claims.aud !== expectedAud) return refused('party_mismatch', 'iss, aud');
  return undefined;
}

/** A result that asks for an approval is followed by one; any other by a close. */
function isAwaited(kind: Kind, previous: Verified): boolean {
  if (previous.kind !== 'result') return true;
  const isFinal = previous.claims.disposition !== 'approval_required';
  return (kind === 'close') === isFinal;
}

/**
 * Who holds the task after the last object of a chain, and the person who answers for it. Custody
 * moves with the signature of the side that takes it: to the bridge by its accept, back by the
 * org's close. An offer, a refusal or a result on its own moves nothing.
 */
export function custodyOf(last: Verified): { readonly holder: Role; readonly owner: Owner } | undefined {
  const offer = nearest('offer', last);
  const accept = nearest('accept', last);
  if (last.kind === 'close') return { holder: 'org', owner: last.claims.owner };
  if (accept !== undefined) return { holder: 'bridge', owner: accept.claims.owner };
  return offer && { holder: 'org', owner: offer.claims.owner };
}
