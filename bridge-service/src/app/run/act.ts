import { canonicalJson } from '@agent-readiness/protocol';
import { planSha256, type EffectReceipt } from '@agent-readiness/protocol/handoff';
import { sha256Hex } from '../../domain/sha256.ts';
import type { OutcomeReason } from '../../domain/refusalReasons.ts';
import type { PlannedEffect, RecordImage } from '../../domain/task/plannedEffect.ts';
import { recordChanged, writtenBefore, type EffectOutcome } from '../../ports/org.ts';
import type { HandoffKey } from '../../ports/outbox.ts';
import { nowSeconds } from '../bridge.ts';
import type { Decision } from '../events.ts';
import { askOrg } from './askOrg.ts';
import type { Run } from './run.ts';
import { finish, mustNotBeStopped, StoppedError } from './step.ts';
import type { Supervision } from './supervise.ts';

/** How long the org gets for one attempt at everything, resumed ones included. */
export const actTimeoutMs = 30_000;

const rejections: ReadonlyMap<string, OutcomeReason> = new Map([
  [recordChanged, 'record_changed'],
  [writtenBefore, 'written_before'],
]);

/**
 * Carries out the plan whose dispatch is recorded. It may be the second time: the org does it once per
 * `effectKey`, and answers the same. Stopped before the org has answered, the handoff stays as it is, for
 * the next one to look.
 *
 * @throws StoppedError
 */
export async function act(run: Run, { signal, stoppedBy }: Supervision): Promise<void> {
  const { handoff, content } = run;
  const { effects = [], plan } = content;
  const digest = planSha256(plan);
  // The plan that runs is the one that was recorded, or nothing runs.
  if (digest === undefined || digest !== handoff.planSha256)
    throw new Error('the plan is not the one that was decided on');
  await run.bridge.store.transaction((unit) => mustNotBeStopped(unit, handoff));
  const { org, txn } = handoff.key;
  const write = { effectKey: effectKeyOf(handoff.key, digest), org, txn, earlierKeys: [], effects };
  const outcome = await askOrg(run.bridge, () => run.bridge.org.write(write, signal), signal);
  const isOpen = outcome.kind === 'unknown' || outcome.kind === 'unavailable';
  if (isOpen && stoppedBy() === 'kill_switch') throw new StoppedError('act');
  if (isOpen && stoppedBy() !== 'deadline') return;
  if (outcome.kind === 'rejected') {
    const reason = rejections.get(outcome.code) ?? 'org_rejected';
    return finish(run, 'errored', reason, { decisions: [decision('act.rejected', outcome.code)] });
  }
  if (outcome.kind === 'unavailable') {
    return finish(run, 'errored', 'org_unavailable', { decisions: [decision('act.rejected', outcome.code)] });
  }
  const confirmed = outcome.kind === 'confirmed';
  const at = nowSeconds(run.bridge);
  const outcomes = outcome.kind === 'confirmed' ? outcome.effects : [];
  const receipts = effects.map((effect, index) => receiptOf(effect, outcomes[index], at));
  return finish(run, confirmed ? 'executed' : 'errored', confirmed ? '' : 'org_unconfirmed', {
    effects: receipts,
    content: { outcomes },
    decisions: [decision(confirmed ? 'act.confirmed' : 'act.unconfirmed', receipts)],
  });
}

/** Under which the org carries out a plan once. */
export function effectKeyOf({ org, txn }: HandoffKey, planDigest: string): string {
  return sha256Hex(`${org} ${txn} ${planDigest}`);
}

/** Without an outcome nobody knows more than that it was sent. */
export function receiptOf(
  { operation, object, recordId, fields, before }: PlannedEffect,
  outcome: EffectOutcome | undefined,
  at: number,
): EffectReceipt {
  const id = outcome?.recordId ?? recordId;
  return {
    operation,
    object,
    fields: Object.keys(fields).sort(),
    ...(id === undefined ? {} : { record_id: id }),
    status: outcome === undefined ? 'dispatched' : 'confirmed',
    at,
    ...(before === undefined ? {} : { before_sha256: imageSha256(before) }),
    ...(outcome?.after === undefined ? {} : { after_sha256: imageSha256(outcome.after) }),
  };
}

function imageSha256(image: RecordImage): string {
  return sha256Hex(canonicalJson(image));
}

function decision(name: Decision['name'], about: unknown): Decision {
  return { name, contentSha256: sha256Hex(canonicalJson(about)) };
}
