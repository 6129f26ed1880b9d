import {
  checkAccept,
  decideReplay,
  offerContentSha256,
  verifyObject,
  type Message,
  type RefusalCode,
  type ReplayStore,
  type Verified,
} from '@agent-readiness/protocol/handoff';
import { budgetLimits } from '../../domain/budget/budgetLimits.ts';
import type { Beginning, Handoff, HandoffOutcome } from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import type { DataKey } from '../../ports/vault.ts';
import type { Bridge } from '../bridge.ts';
import { storeObject } from '../chain.ts';
import { dataKeyOf, sealContent } from '../content.ts';
import { newEvent, type EventName } from '../events.ts';
import { leaseMs, resumeAfterMs } from '../run/lease.ts';
import { knownTokens, newRun, type Run } from '../run/run.ts';
import { authorise, type Authorisation } from './authorise.ts';
import { answerTo, sign, verifyContext } from './sign.ts';

/**
 * What became of an offer. `unverified`: nobody knows who sent it, so nothing is kept of it. `conflict`:
 * a known jti or txn with other content. `taken`, `refused` and `repeated` have an answer.
 */
export type Received =
  | { readonly kind: 'unverified' | 'conflict'; readonly code: RefusalCode }
  | { readonly kind: 'refused' | 'repeated'; readonly key: HandoffKey; readonly offerSha256: string }
  | {
      readonly kind: 'taken';
      readonly key: HandoffKey;
      readonly offerSha256: string;
      /** Under a lease of this replica; undefined where somebody else is to begin. */
      readonly run: Run | undefined;
    };

/** Who goes on with what is taken: this replica at once, in the same transaction, or whoever leases it. */
export type Onward = 'begin' | 'leave';

/** How long a reservation outlives the run that made it: enough for a replica to notice and settle it. */
const reservationGraceMs = 600_000;
/** As verifiers allow by default; a jti is kept for longer than its offer could be shown again. */
const skewMs = 60_000;

/**
 * Takes custody of a task, or says why not. Everything from the replay check to the reservation of money
 * is one transaction: two copies of an offer, on two replicas, become one handoff.
 *
 * @throws ErasedError for a retry of what belonged to an erased person
 */
export async function receiveOffer(bridge: Bridge, message: Message, onward: Onward = 'leave'): Promise<Received> {
  const received = await receive(bridge, message, onward);
  bridge.watch.received('offer', received.kind, 'code' in received ? received.code : '');
  return received;
}

async function receive(bridge: Bridge, { envelope, payload }: Message, onward: Onward): Promise<Received> {
  const verified = await verifyObject('offer', envelope, verifyContext(bridge));
  if (!verified.ok) return { kind: 'unverified', code: verified.code };
  const offer = verified.value;
  const { iss: org, txn, jti } = offer.claims;
  const key = { org, txn };

  return bridge.store.transaction(async (unit) => {
    await unit.handoffs.lock(org, txn, jti);
    const replay = await decideReplay(offer, replayStore(unit));
    if (replay.kind === 'conflict') {
      unit.audit.append(newEvent(bridge, 'verify.conflict', { txn, contentSha256: offer.sha256, actor: org }));
      bridge.watch.alarm(replay.refusal.code, txn);
      return { kind: 'conflict', code: replay.refusal.code };
    }
    if (replay.kind === 'repeat') {
      await addRetry(bridge, unit, offer);
      return { kind: 'repeated', key, offerSha256: offer.sha256 };
    }
    const { dataKey, isNew } = await keyFor(unit, offer);
    const taken = await take(bridge, unit, offer, payload, dataKey, onward);
    if ('event' in taken) {
      await refuse(bridge, unit, offer, dataKey, taken);
      return { kind: 'refused', key, offerSha256: offer.sha256 };
    }
    // What was just written need not be read again: under the lease nobody else changes it.
    const known = onward === 'leave' || isNew ? [] : await knownTokens(bridge, unit, dataKey);
    const run = onward === 'leave' ? undefined : newRun(bridge, { ...taken, dataKey, offer, known });
    return { kind: 'taken', key, offerSha256: offer.sha256, run };
  });
}

interface Refusal {
  readonly event: Extract<EventName, 'authorise.refused' | 'reserve.refused'>;
  readonly reason: string;
  readonly detail: string;
}

type Taken = Pick<Run, 'handoff' | 'content' | 'tip' | 'startedMs'>;

async function take(
  bridge: Bridge,
  unit: Unit,
  offer: Verified<'offer'>,
  payload: string,
  dataKey: DataKey,
  onward: Onward,
): Promise<Refusal | Taken> {
  const { claims } = offer;
  const { txn, iss: org } = claims;
  const authorised = authorise(bridge, claims, payload);
  if (!authorised.ok) return { event: 'authorise.refused', ...authorised };
  const stopped = await unit.killSwitch.stops(claims.act.sub, claims.tctx.task_type);
  if (stopped !== undefined) return { event: 'authorise.refused', reason: 'kill_switch', detail: stopped.scope.kind };

  // Signed before the money is reserved: the rows of the budgets are shared, and signing takes long.
  const accept = await signAccept(bridge, offer, authorised);
  const reserved = await unit.budget.reserve({
    id: reservationOf({ org, txn }),
    amountUsdMicros: authorised.maxCostUsdMicros,
    limits: budgetLimits(bridge.policy.budgets, claims.act.sub, claims.tctx.task_type, bridge.clock.nowMs()),
    expiresMs: authorised.deadlineMs + reservationGraceMs,
  });
  if (!reserved.ok) return { event: 'reserve.refused', reason: 'budget', detail: reserved.exhausted };

  const key = { org, txn };
  const startedMs = bridge.clock.nowMs();
  const lease = onward === 'leave' ? undefined : { holder: bridge.replica, untilMs: startedMs + leaseMs };
  const content = { payload };
  const accepted: Handoff = {
    ...newHandoff(bridge, offer, dataKey),
    state: 'accepted',
    fence: lease === undefined ? 0 : 1,
    release: authorised.task.release,
    deadlineMs: authorised.deadlineMs,
    grants: authorised.grants,
    maxCostUsdMicros: authorised.maxCostUsdMicros,
    tip: accept.sha256,
    sealed: sealContent(bridge, dataKey, txn, content),
  };
  await unit.handoffs.insert(accepted, { ...beginningOf(bridge, dataKey, offer, accept), lease });
  await unit.outbox.wake(key, startedMs + resumeAfterMs);
  const about = { txn, contentSha256: offer.sha256 };
  unit.audit.append(
    newEvent(bridge, 'verify.accepted', about),
    newEvent(bridge, 'authorise.accepted', about),
    newEvent(bridge, 'reserve.made', about),
  );
  return { handoff: accepted, content, tip: accept, startedMs };
}

async function refuse(
  bridge: Bridge,
  unit: Unit,
  offer: Verified<'offer'>,
  dataKey: DataKey,
  { event, reason, detail }: Refusal,
): Promise<void> {
  const { txn } = offer.claims;
  const outcome: HandoffOutcome = { disposition: 'refused', reason, effects: [], approvals: [] };
  const answer = await signRefuse(bridge, offer, { reason, detail });
  const refused: Handoff = {
    ...newHandoff(bridge, offer, dataKey),
    state: 'refused',
    tip: answer.sha256,
    outcome,
    sealed: sealContent(bridge, dataKey, txn, { payload: '' }),
  };
  await unit.handoffs.insert(refused, beginningOf(bridge, dataKey, offer, answer));
  const about = { txn, contentSha256: offer.sha256 };
  unit.audit.append(newEvent(bridge, 'verify.accepted', about), newEvent(bridge, event, about));
}

/** The id under which the money of a run is reserved. */
export function reservationOf({ org, txn }: HandoffKey): string {
  return `${org} ${txn}`;
}

type Accepted = Pick<Extract<Authorisation, { ok: true }>, 'grants' | 'maxCostUsdMicros'>;

/** Signs that the bridge takes custody; authority and cost may only narrow. */
export async function signAccept(
  bridge: Bridge,
  offer: Verified<'offer'>,
  { grants, maxCostUsdMicros }: Accepted,
): Promise<Verified<'accept'>> {
  const accept = await sign(
    bridge,
    'accept',
    {
      ...answerTo(bridge, offer, offer.claims.iss),
      owner: bridge.policy.owner,
      authorization_details: [...grants],
      max_cost_usd_micros: maxCostUsdMicros,
      policy: bridge.policy.sha256,
      manifest: offer.claims.manifest,
    },
    offer,
  );
  const widened = checkAccept(accept.claims, offer);
  if (widened !== undefined) throw new Error(`the bridge would take more than it was offered: ${widened.code}`);
  return accept;
}

export function signRefuse(
  bridge: Bridge,
  offer: Verified<'offer'>,
  why: { readonly reason: string; readonly detail: string },
): Promise<Verified<'refuse'>> {
  return sign(bridge, 'refuse', { ...answerTo(bridge, offer, offer.claims.iss), ...why }, offer);
}

/** What every handoff starts from. */
function newHandoff(
  bridge: Bridge,
  { claims, sha256 }: Verified<'offer'>,
  dataKey: DataKey,
): Omit<Handoff, 'sealed' | 'state'> {
  return {
    key: { org: claims.iss, txn: claims.txn },
    fence: 0,
    contentSha256: offerContentSha256(claims),
    keyId: dataKey.id,
    agent: claims.act.sub,
    taskType: claims.tctx.task_type,
    release: '',
    createdMs: bridge.clock.nowMs(),
    deadlineMs: bridge.clock.nowMs(),
    owner: bridge.policy.owner,
    grants: [],
    maxCostUsdMicros: 0,
    tip: sha256,
    costUsdMicros: 0,
    questions: 0,
    modelResponses: [],
    planSha256: undefined,
    approvalSha256: undefined,
    outcome: undefined,
  };
}

function beginningOf(
  bridge: Bridge,
  dataKey: DataKey,
  offer: Verified<'offer'>,
  answer: Verified<'accept' | 'refuse'>,
): Beginning {
  const objects = [storeObject(bridge, dataKey, offer), storeObject(bridge, dataKey, answer)] as const;
  return { jti: offer.claims.jti, expiresMs: keptUntilMs(offer), objects };
}

function keptUntilMs({ claims }: Verified<'offer'>): number {
  return claims.exp * 1_000 + skewMs;
}

/** A retry is a new object, and the answer to it follows it; the same object again changes nothing. */
async function addRetry(bridge: Bridge, unit: Unit, offer: Verified<'offer'>): Promise<void> {
  const { iss: org, txn, jti } = offer.claims;
  if ((await unit.handoffs.seenJti(org, jti)) !== undefined) return;
  const handoff = await unit.handoffs.find({ org, txn });
  // The key that the handoff began with: an erased person is not brought back by a retry.
  const dataKey = await dataKeyOf(unit, handoff?.keyId ?? '');
  await unit.handoffs.addJti(org, jti, { sha256: offer.sha256, txn }, keptUntilMs(offer));
  // A clock that is ahead, or was, has had the jti forgotten while its offer still lives.
  if ((await unit.handoffs.object({ org, txn }, offer.sha256)) !== undefined) return;
  await unit.handoffs.addObject({ org, txn }, storeObject(bridge, dataKey, offer));
  unit.audit.append(newEvent(bridge, 'verify.repeated', { txn, contentSha256: offer.sha256 }));
}

function keyFor(unit: Unit, { claims }: Verified<'offer'>): ReturnType<Unit['keys']['keyFor']> {
  const { iss: org, sub: subject, txn, rctx } = claims;
  return unit.keys.keyFor({ org, subject }, rctx.session?.ref ?? txn);
}

function replayStore({ handoffs }: Unit): ReplayStore {
  return {
    async byJti(org, jti) {
      const seen = await handoffs.seenJti(org, jti);
      return seen && { sha256: seen.sha256, contentSha256: '', answer: undefined };
    },
    async byTxn(org, txn) {
      const handoff = await handoffs.find({ org, txn });
      return handoff && { sha256: '', contentSha256: handoff.contentSha256, answer: undefined };
    },
  };
}
