import { checkApproval, verifyObject, type RefusalCode, type Verified } from '@agent-readiness/protocol/handoff';
import type { Handoff } from '../../ports/handoffs.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import type { Unit } from '../../ports/store.ts';
import type { DataKey } from '../../ports/vault.ts';
import { nowSeconds, type Bridge } from '../bridge.ts';
import { recallChain, storeObject } from '../chain.ts';
import { dataKeyOf, openContent } from '../content.ts';
import { readUnverified } from '../custody/readUnverified.ts';
import { verifyContext } from '../custody/sign.ts';
import { newEvent, type EventName } from '../events.ts';
import { leaseMs, resumeAfterMs } from '../run/lease.ts';
import { concludeDenial } from './concludeDenial.ts';

/**
 * What became of an approval. `unverified`: not genuine, or not about what waits here. `refused`: genuine,
 * and does not let the plan run. `busy`: the handoff is being worked on, ask again.
 */
export type ReceivedApproval =
  | { readonly kind: 'unverified' | 'refused'; readonly code: RefusalCode | 'kill_switch' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'approved' | 'rejected' | 'repeated'; readonly key: HandoffKey };

/** Refusals that somebody should look at: the wrong person, or the wrong plan. */
const alarming: readonly RefusalCode[] = [
  'approval_plan_mismatch',
  'approval_reused',
  'approver_is_requester',
  'approver_is_agent',
  'approver_is_integration_user',
];

/**
 * Takes a person's decision over a plan. That the plan is used up, and that it is dispatched, is recorded
 * in one transaction; what follows is a run's business.
 *
 * @throws ErasedError
 */
export async function receiveApproval(bridge: Bridge, envelope: string): Promise<ReceivedApproval> {
  const received = await receive(bridge, envelope);
  bridge.watch.received('approval', received.kind, 'code' in received ? received.code : '');
  return received;
}

async function receive(bridge: Bridge, envelope: string): Promise<ReceivedApproval> {
  const claimed = readUnverified(envelope);
  if (claimed === undefined) return { kind: 'unverified', code: 'envelope_malformed' };
  const { org, txn, prev } = claimed;
  const key = { org, txn };
  return bridge.store.transaction(async (unit) => {
    await unit.handoffs.lock(org, txn);
    const found = await unit.handoffs.find(key);
    const dataKey = found && (await dataKeyOf(unit, found.keyId));
    const previous = dataKey && (await recallChain(bridge, unit.handoffs, key, dataKey, prev));
    const verified = await verifyObject('approval', envelope, verifyContext(bridge), previous);
    if (!verified.ok) return { kind: 'unverified', code: verified.code };
    const approval = verified.value;
    if (found === undefined || dataKey === undefined || previous?.kind !== 'result') {
      return { kind: 'unverified', code: 'order_wrong' };
    }
    if ((await unit.handoffs.object(key, approval.sha256)) !== undefined) return { kind: 'repeated', key };
    const now = bridge.clock.nowMs();
    const handoff = await unit.handoffs.lease(key, bridge.replica, now, now + leaseMs);
    if (handoff === undefined) return { kind: 'busy' };
    const decided = await decide({ bridge, unit, handoff, dataKey }, approval, previous);
    await unit.handoffs.release(handoff);
    return decided;
  });
}

interface Desk {
  readonly bridge: Bridge;
  readonly unit: Unit;
  readonly handoff: Handoff;
  readonly dataKey: DataKey;
}

async function decide(
  { bridge, unit, handoff, dataKey }: Desk,
  approval: Verified<'approval'>,
  previous: Verified<'result'>,
): Promise<ReceivedApproval> {
  const { key } = handoff;
  const actor = approval.claims.sub;
  const record = (...names: readonly EventName[]): void => {
    const about = { txn: key.txn, contentSha256: approval.sha256, actor };
    unit.audit.append(...names.map((name) => newEvent(bridge, name, about)));
  };
  const refuse = (code: RefusalCode | 'kill_switch'): ReceivedApproval => {
    record('gate.refused');
    if ((alarming as readonly string[]).includes(code)) bridge.watch.alarm(code, key.txn);
    return { kind: 'refused', code };
  };

  // Too late is nobody's attack: only a plan that was decided on can be decided on again.
  if (handoff.outcome?.reason === 'approval_expired') return refuse('approval_expired');
  if (handoff.state !== 'approval_required') return refuse('approval_reused');
  const content = openContent(bridge, dataKey, handoff);
  const refusal = checkApproval(approval.claims, previous, {
    plan: content.plan,
    now: nowSeconds(bridge),
    integrationUsers: bridge.policy.integrationUsers,
    wasUsed: false,
  });
  if (refusal !== undefined && refusal.code !== 'approval_rejected') return refuse(refusal.code);
  if (refusal !== undefined) {
    await unit.handoffs.addObject(key, storeObject(bridge, dataKey, approval));
    record('gate.denied');
    await concludeDenial({ bridge, unit, handoff, content, previous: approval, reason: 'approval_rejected' });
    return { kind: 'rejected', key };
  }
  if ((await unit.killSwitch.stops(handoff.agent, handoff.taskType)) !== undefined) return refuse('kill_switch');
  if (!(await unit.handoffs.claimPlan(approval.claims.over, key))) return refuse('approval_reused');
  await unit.handoffs.addObject(key, storeObject(bridge, dataKey, approval));
  await unit.handoffs.save({
    ...handoff,
    state: 'acting',
    tip: approval.sha256,
    approvalSha256: approval.sha256,
  });
  await unit.outbox.wake(key, bridge.clock.nowMs() + resumeAfterMs);
  record('gate.approved', 'act.dispatched');
  return { kind: 'approved', key };
}
