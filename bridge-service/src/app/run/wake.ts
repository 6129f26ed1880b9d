import type { HandoffKey } from '../../ports/outbox.ts';
import type { Bridge } from '../bridge.ts';
import { expireApproval } from '../approval/expireApproval.ts';
import { ErasedError } from '../content.ts';
import { resumeAfterMs } from './lease.ts';
import { runHandoff } from './runHandoff.ts';

/** Looks at a handoff whose time has come: resumes what a dead replica left, expires what nobody decided. */
export async function wake(bridge: Bridge, key: HandoffKey, drain: AbortSignal): Promise<void> {
  const handoff = await bridge.store.transaction(({ handoffs }) => handoffs.find(key));
  const now = bridge.clock.nowMs();
  switch (handoff?.state) {
    case undefined:
    case 'refused':
    case 'finished':
      return;
    case 'approval_required':
      if (now < handoff.deadlineMs) return lookAgain(bridge, key, handoff.deadlineMs);
      if (!(await untilErased(expireApproval(bridge, key)))) return lookAgain(bridge, key, now + resumeAfterMs);
      return;
    case 'accepted':
    case 'acting':
      if (!(await untilErased(runHandoff(bridge, key, { drain })))) return lookAgain(bridge, key, now + resumeAfterMs);
  }
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
