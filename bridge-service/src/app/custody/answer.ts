import { isKind, nearest, resultContentSha256, type Verified } from '@agent-readiness/protocol/handoff';
import type { Answer } from '../../domain/answer.ts';
import type { Handoff, StoredObject } from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import type { DataKey } from '../../ports/vault.ts';
import { nowSeconds, type Bridge } from '../bridge.ts';
import { recallFrom, storeObject } from '../chain.ts';
import { dataKeyOf, openContent } from '../content.ts';
import { signAccept, signRefuse } from './receiveOffer.ts';
import { resultPayload } from './resultPayload.ts';
import { logResult, resultClaims, signLoggedResult, type UnloggedResult } from './signResult.ts';

/**
 * The answer to an offer, from what is stored. It runs nothing: asked again, it tells the same story, signed over the
 * offer at hand. Whatever got lost before, the org can verify it: its objects are in time, and follow each other or what
 * the org has signed itself. Undefined when there is no such handoff, or the offer is none of its.
 *
 * @throws ErasedError
 */
export async function answerOffer(bridge: Bridge, key: HandoffKey, offerSha256?: string): Promise<Answer | undefined> {
  for (let round = 0; round < mostRounds; round += 1) {
    const answer = await bridge.store.transaction((unit) => prepare(bridge, unit, key, offerSha256));
    if (answer === undefined || 'txn' in answer) return answer;
    // The result's entry had to be written first: now it can be proven.
  }
  throw new Error('the log does not hold what was written to it');
}

/** A second one proves what the first has written; one more each time that the handoff moves on, or the clock is set. */
const mostRounds = 6;

/** Written, but not yet provable: a proof needs the transaction to have ended. */
interface Logged {
  readonly logged: true;
}

async function prepare(
  bridge: Bridge,
  unit: Unit,
  key: HandoffKey,
  offerSha256: string | undefined,
): Promise<Answer | Logged | undefined> {
  await unit.handoffs.lock(key.org, key.txn);
  const handoff = await unit.handoffs.find(key);
  if (handoff === undefined) return undefined;
  const dataKey = await dataKeyOf(unit, handoff.keyId);
  const objects = await unit.handoffs.objects(key);
  const recall = recallFrom(bridge, objects, dataKey);
  const desk: Desk = { bridge, unit, handoff, dataKey, objects, recall };
  const tip = recall(handoff.tip);
  const offer = offerSha256 === undefined ? nearest('offer', tip) : recall(offerSha256);
  if (tip === undefined || offer === undefined || !isKind(offer, 'offer')) return undefined;
  const { txn } = key;

  if (handoff.state === 'refused') {
    return { txn, status: 'refused', refuse: (await refuseOver(desk, offer)).compact };
  }
  const accept = await acceptOver(desk, offer);
  if (handoff.state === 'accepted' || handoff.state === 'acting') {
    return { txn, status: 'accepted', accept: accept.compact };
  }
  // Once a person has had a say the story goes on from there, whichever offer asks.
  const previous = tip.kind === 'approval' ? tip : accept;
  const payload = resultPayload(handoff, openContent(bridge, desk.dataKey, handoff), bridge.model.kind);
  const claims = resultClaims(bridge, handoff, payload, offer.claims.manifest, previous);
  const result = await resultOver(desk, claims, previous);
  if (result === undefined) return { logged: true };
  return { txn, status: handoff.state, accept: accept.compact, result: result.compact, payload };
}

/** What signing a stored handoff needs. */
interface Desk {
  readonly bridge: Bridge;
  readonly unit: Unit;
  readonly handoff: Handoff;
  readonly dataKey: DataKey;
  /** Those that were there; what is signed now follows them. */
  readonly objects: readonly StoredObject[];
  readonly recall: (sha256: string) => Verified | undefined;
}

async function refuseOver(desk: Desk, offer: Verified<'offer'>): Promise<Verified<'refuse'>> {
  const { bridge, handoff } = desk;
  const { reason = '' } = handoff.outcome ?? {};
  return findOver(desk, 'refuse', offer) ?? keep(desk, await signRefuse(bridge, offer, { reason, detail: 'repeated' }));
}

async function acceptOver(desk: Desk, offer: Verified<'offer'>): Promise<Verified<'accept'>> {
  return findOver(desk, 'accept', offer) ?? keep(desk, await signAccept(desk.bridge, offer, desk.handoff));
}

async function resultOver(desk: Desk, claims: UnloggedResult, previous: Verified): Promise<Verified | undefined> {
  const { bridge, unit, handoff } = desk;
  const contentSha256 = resultContentSha256(claims);
  const earlier = findOver(desk, 'result', previous, ({ claims: told }) => resultContentSha256(told) === contentSha256);
  if (earlier !== undefined) return earlier;
  const proven = await unit.audit.prove(handoff.key.txn, contentSha256);
  if (proven !== undefined) return keep(desk, await signLoggedResult(bridge, claims, proven, previous));
  logResult(bridge, unit, claims);
  return undefined;
}

/**
 * The newest stored object of a kind that follows `previous`, is in time, and says the same. Newer ones may be of a replica
 * with another clock or policy: were they in the way, two replicas that are asked in turn would sign anew each time. Older
 * ones are not opened: an org that asks all day leaves hundreds.
 */
function findOver<K extends 'accept' | 'refuse' | 'result'>(
  desk: Desk,
  kind: K,
  previous: Verified,
  saysTheSame: (object: Verified<K>) => boolean = () => true,
): Verified<K> | undefined {
  const now = nowSeconds(desk.bridge);
  for (const stored of desk.objects.toReversed()) {
    if (stored.kind !== kind || stored.prev !== previous.sha256) continue;
    const object = desk.recall(stored.sha256);
    if (object && isKind(object, kind) && isInTime(object, now) && saysTheSame(object)) return object;
  }
  return undefined;
}

/** A clock that was set back leaves objects that are of the future. */
function isInTime({ claims: { nbf, exp } }: Verified, now: number): boolean {
  return nbf <= now && now < exp;
}

async function keep<K extends 'accept' | 'refuse' | 'result'>(
  { bridge, unit, handoff, dataKey }: Desk,
  object: Verified<K>,
): Promise<Verified<K>> {
  await unit.handoffs.addObject(handoff.key, storeObject(bridge, dataKey, object));
  return object;
}
