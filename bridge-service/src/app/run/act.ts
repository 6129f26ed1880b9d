import { canonicalJson } from '@agent-readiness/protocol';
import { planSha256, type EffectReceipt } from '@agent-readiness/protocol/handoff';
import { sha256Hex } from '../../domain/sha256.ts';
import type { PlannedEffect } from '../../domain/task/plannedEffect.ts';
import type { EffectOutcome, OrgOutcome, OrgWrite, RecordImage } from '../../ports/org.ts';
import { nowSeconds } from '../bridge.ts';
import type { Run } from './run.ts';
import { finish, mustNotBeStopped, StoppedError, type Decision } from './step.ts';
import type { Supervision } from './supervise.ts';

/** How long the org gets for one attempt at everything, resumed ones included. */
export const actTimeoutMs = 30_000;
const firstPauseMs = 250;

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
  const outcome = await writeOnce(run, { effectKey: sha256Hex(`${org} ${txn} ${digest}`), org, txn, effects }, signal);
  const isOpen = outcome.kind === 'unknown' || outcome.kind === 'unavailable';
  if (isOpen && stoppedBy() === 'kill_switch') throw new StoppedError('act');
  if (isOpen && stoppedBy() !== 'deadline') return;
  if (outcome.kind === 'rejected') {
    return finish(run, 'errored', 'org_rejected', { decisions: [decision('act.rejected', outcome.code)] });
  }
  if (outcome.kind === 'unavailable') {
    return finish(run, 'errored', 'org_unavailable', { decisions: [decision('act.rejected', outcome.code)] });
  }
  const confirmed = outcome.kind === 'confirmed';
  const at = nowSeconds(run.bridge);
  const receipts = effects.map((effect, index) => receiptOf(effect, outcome.effects[index], confirmed, at));
  return finish(run, confirmed ? 'executed' : 'errored', confirmed ? '' : 'org_unconfirmed', {
    effects: receipts,
    content: { images: outcome.effects.map(imagesOf) },
    decisions: [decision(confirmed ? 'act.confirmed' : 'act.unconfirmed', receipts)],
  });
}

/** Asks until the org has said what happened, or the time is up. */
async function writeOnce({ bridge }: Run, write: OrgWrite, signal: AbortSignal): Promise<OrgOutcome> {
  for (let pauseMs = firstPauseMs; ; pauseMs *= 2) {
    const outcome = await bridge.org.write(write, signal);
    if (outcome.kind === 'confirmed' || outcome.kind === 'rejected' || signal.aborted) return outcome;
    await bridge.clock.sleep(pauseMs, signal);
    if (isOver(signal)) return outcome;
  }
}

// A function, because the compiler believes that `aborted` cannot change while the loop waits.
function isOver({ aborted }: AbortSignal): boolean {
  return aborted;
}

function receiptOf(
  { operation, object, recordId, fields }: PlannedEffect,
  outcome: EffectOutcome | undefined,
  confirmed: boolean,
  at: number,
): EffectReceipt {
  const id = outcome?.recordId ?? recordId;
  return {
    operation,
    object,
    fields: Object.keys(fields).sort(),
    ...(id === undefined ? {} : { record_id: id }),
    status: confirmed ? 'confirmed' : 'dispatched',
    at,
    ...(outcome?.before === undefined ? {} : { before_sha256: imageSha256(outcome.before) }),
    ...(outcome?.after === undefined ? {} : { after_sha256: imageSha256(outcome.after) }),
  };
}

function imageSha256(image: RecordImage): string {
  return sha256Hex(canonicalJson(image));
}

function imagesOf({ before, after }: EffectOutcome) {
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}

function decision(name: Decision['name'], about: unknown): Decision {
  return { name, contentSha256: sha256Hex(canonicalJson(about)) };
}
