import type { Disposition } from '@agent-readiness/protocol/handoff';
import type { OutcomeReason } from '../../domain/refusalReasons.ts';
import type { Handoff, HandoffOutcome } from '../../ports/handoffs.ts';
import type { Unit } from '../../ports/store.ts';
import { sealContent, type HandoffContent } from '../content.ts';
import { reservationOf } from '../custody/receiveOffer.ts';
import { resultPayload } from '../custody/resultPayload.ts';
import { logResult, resultClaims } from '../custody/signResult.ts';
import { newEvent, type Decision } from '../events.ts';
import type { Run } from './run.ts';

export interface Step {
  readonly handoff?: Partial<Handoff>;
  readonly content?: Partial<HandoffContent>;
  readonly decisions: readonly Decision[];
  /** What else belongs into the same transaction. */
  readonly also?: (unit: Unit) => Promise<void>;
}

/** Before a consequence, the kill switch was found engaged: nothing was written. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

/**
 * Records decisions and moves the handoff on, in one transaction: whatever they lead to comes after it.
 *
 * @throws StaleFenceError when another replica has the handoff
 */
export async function takeStep(run: Run, { handoff, content, ...step }: Step): Promise<void> {
  const { bridge, dataKey } = run;
  const steps = [...run.held, step];
  const decisions = steps.flatMap((each) => each.decisions);
  const { txn } = run.handoff.key;
  const nextContent = { ...run.content, ...content };
  const next: Handoff = {
    ...run.handoff,
    ...handoff,
    sealed: content === undefined ? run.handoff.sealed : sealContent(bridge, dataKey, txn, nextContent),
  };
  await bridge.store.transaction(async (unit) => {
    for (const { also } of steps) await also?.(unit);
    await unit.handoffs.save(next);
    unit.audit.append(...decisions.map(({ name, ...about }) => newEvent(bridge, name, { txn, ...about })));
    if (next.outcome !== undefined && next.outcome !== run.handoff.outcome)
      await conclude(run, unit, next, nextContent);
  });
  run.handoff = next;
  run.content = nextContent;
  run.held.length = 0;
  const { agent, taskType: task } = next;
  for (const { name } of decisions) bridge.watch.decided({ name, txn, agent, task });
}

/**
 * A step that is recorded together with the next one. Until then it may be lost, so nothing outside may be asked or
 * done in between: see {@link recordHeld}.
 */
export function holdStep(run: Run, { handoff, content, ...step }: Step): void {
  const { bridge, dataKey } = run;
  run.content = { ...run.content, ...content };
  const sealed =
    content === undefined ? {} : { sealed: sealContent(bridge, dataKey, run.handoff.key.txn, run.content) };
  run.handoff = { ...run.handoff, ...handoff, ...sealed };
  run.held.push(step);
}

/** Records what is held before something is waited for. */
export async function recordHeld(run: Run): Promise<void> {
  if (run.held.length > 0) await takeStep(run, { decisions: [] });
}

/** With an outcome no more questions are asked: the money is settled, and the result enters the log. */
async function conclude(run: Run, unit: Unit, next: Handoff, content: HandoffContent): Promise<void> {
  const { bridge, tip, offer } = run;
  await unit.budget.settle(reservationOf(next.key), next.costUsdMicros);
  const payload = resultPayload(next, content, bridge.model.kind);
  logResult(bridge, unit, resultClaims(bridge, next, payload, offer.claims.manifest, tip));
  await unit.outbox.deliver(next.key);
}

/** Ends a run. */
export function finish(
  run: Run,
  disposition: Disposition,
  reason: OutcomeReason | '',
  { handoff, ...step }: Step & { readonly effects?: HandoffOutcome['effects'] },
): Promise<void> {
  const { approvalSha256 } = run.handoff;
  const outcome: HandoffOutcome = {
    disposition,
    reason,
    effects: step.effects ?? [],
    approvals: approvalSha256 === undefined ? [] : [approvalSha256],
  };
  return takeStep(run, { ...step, handoff: { ...handoff, state: 'finished', outcome } });
}

/** Within the transaction of a dispatch: the last look at the kill switch before the consequence. */
export async function mustNotBeStopped({ killSwitch }: Unit, { agent, taskType }: Handoff): Promise<void> {
  const order = await killSwitch.stops(agent, taskType);
  if (order !== undefined) throw new StoppedError(order.scope.kind);
}
