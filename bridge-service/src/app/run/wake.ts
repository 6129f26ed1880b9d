import type { Handoff } from '../../ports/handoffs.ts';
import type { Unit } from '../../ports/store.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import { escalateApproval } from '../approval/escalateApproval.ts';
import { expireApproval } from '../approval/expireApproval.ts';
import type { Bridge } from '../bridge.ts';
import { ErasedError } from '../content.ts';
import { resumeAfterMs } from './lease.ts';

/**
 * Looks at a handoff whose time has come: has what a dead replica left resumed by `run`, expires what nobody
 * decided. When to look again is stored before `run` is called, so that this replica may die, too.
 */
export async function wake(bridge: Bridge, key: HandoffKey, run: (key: HandoffKey) => Promise<unknown>): Promise<void> {
  const handoff = await bridge.store.transaction((unit) => findAndWatch(bridge, unit, key));
  switch (handoff?.state) {
    case undefined:
    case 'refused':
    case 'finished':
      return;
    case 'approval_required':
      return awaitDecision(bridge, handoff);
    case 'accepted':
    case 'acting':
      await run(key);
  }
}

/** With the key of the person gone there is nothing left that could be done, nor a reason to look again. */
async function findAndWatch({ clock }: Bridge, unit: Unit, key: HandoffKey): Promise<Handoff | undefined> {
  const handoff = await unit.handoffs.find(key);
  if (handoff?.state !== 'accepted' && handoff?.state !== 'acting') return handoff;
  if ((await unit.keys.find(handoff.keyId)) === undefined) return undefined;
  await unit.outbox.wake(key, clock.nowMs() + resumeAfterMs);
  return handoff;
}

/** Half of the time is for whoever was asked, the other half for whoever is told that nobody answers. */
async function awaitDecision(bridge: Bridge, { key, createdMs, deadlineMs }: Handoff): Promise<void> {
  const now = bridge.clock.nowMs();
  const halfwayMs = Math.floor((createdMs + deadlineMs) / 2);
  if (now < halfwayMs) return lookAgain(bridge, key, halfwayMs);
  if (now < deadlineMs) {
    await escalateApproval(bridge, key);
    return lookAgain(bridge, key, deadlineMs);
  }
  if (!(await untilErased(expireApproval(bridge, key)))) await lookAgain(bridge, key, now + resumeAfterMs);
}

function lookAgain(bridge: Bridge, key: HandoffKey, atMs: number): Promise<void> {
  return bridge.store.transaction(({ outbox }) => outbox.wake(key, atMs));
}

/** With the key of the person gone there is nothing left that could be done. */
async function untilErased(work: Promise<boolean>): Promise<boolean> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ErasedError) return true;
    throw error;
  }
}
