import { canonicalJson } from '@agent-readiness/protocol';
import { planSha256, type Plan } from '@agent-readiness/protocol/handoff';
import { decideGate } from '../../domain/gate/decideGate.ts';
import type { JsonValue } from '../../domain/json.ts';
import type { Masker } from '../../domain/safeguards.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import { planEffects } from '../../domain/task/planEffects.ts';
import type { PlannedEffect, RecordImage } from '../../domain/task/plannedEffect.ts';
import type { Task } from '../../domain/task/task.ts';
import type { HandoffOutcome } from '../../ports/handoffs.ts';
import type { OrgReading } from '../../ports/org.ts';
import { nowSeconds } from '../bridge.ts';
import type { Decision } from '../events.ts';
import { askOrg } from './askOrg.ts';
import { resumeAfterMs } from './lease.ts';
import type { Run } from './run.ts';
import { finish, mustNotBeStopped, recordHeld, takeStep } from './step.ts';
import type { Thought } from './asking.ts';

/**
 * What follows from a thought: the values come back, the plan is made, and it is decided who decides.
 * Afterwards the handoff is finished, waits for a person, or is about to act. Stopped by `signal`, it is
 * as it was.
 */
export async function decide(
  run: Run,
  task: Task,
  input: JsonValue,
  masker: Masker,
  thought: Extract<Thought, { ok: true }>,
  signal: AbortSignal,
): Promise<void> {
  const { decisions } = thought;
  const forResult = masker.unmask<JsonValue>(thought.output, 'result');
  const forOrg = masker.unmask<JsonValue>(thought.output, 'org');
  const unknown = [forResult, forOrg].flatMap((unmasked) => [...unmasked.unknown, ...unmasked.half]);
  if (unknown.length > 0) {
    const found = decision('unmask.unknown', unknown.toSorted());
    return finish(run, 'errored', 'token_unknown', { decisions: [...decisions, found] });
  }
  const output = task.parseOutput(forResult.value);
  if (output === undefined) return finish(run, 'errored', 'output_invalid', { decisions });
  const proposed = planEffects(task.definition.effects, input, forOrg.value);
  if (proposed === undefined) return finish(run, 'errored', 'plan_incomplete', { decisions });

  const { bridge, offer, handoff, tip } = run;
  const { gate } = task.definition;
  const now = nowSeconds(bridge);
  const grants = handoff.grants;
  const verdict = decideGate({ gate, effects: proposed, grants, previous: tip, output, flagged: thought.flagged, now });
  const restored = [...decisions, { name: 'unmask.done', contentSha256: offer.sha256 } as const];
  // Outside the authority nothing is even read.
  const reading = verdict.kind === 'blocked' ? unread : await readOrg(run, proposed, signal);
  if (reading.kind !== 'read') {
    if (signal.aborted) return;
    const refused = decision('act.rejected', reading.code);
    const reason = reading.kind === 'rejected' ? 'org_rejected' : 'org_unavailable';
    return finish(run, 'errored', reason, { decisions: [...restored, refused] });
  }
  const effects = proposed.map((effect, index) => withImage(effect, reading.images[index]));
  const plan = newPlan(run, task, effects);
  const digest = planSha256(plan);
  if (digest === undefined) return finish(run, 'errored', 'plan_incomplete', { decisions });
  const judged = (name: Decision['name']): readonly Decision[] => [...restored, { name, contentSha256: digest }];

  if (verdict.kind === 'blocked') return finish(run, 'blocked', verdict.code, { decisions: judged('gate.blocked') });
  if (effects.length === 0)
    return finish(run, 'executed', '', { content: { output }, decisions: judged('gate.allowed') });
  const content = { output, plan, effects };
  if (verdict.kind === 'approval') {
    const outcome: HandoffOutcome = {
      disposition: 'approval_required',
      reason: verdict.code,
      effects: [],
      approvals: [],
    };
    return takeStep(run, {
      handoff: { state: 'approval_required', planSha256: digest, outcome, deadlineMs: plan.expires * 1_000 },
      content,
      decisions: judged('gate.approval_required'),
      also: ({ outbox }) => outbox.wake(handoff.key, plan.expires * 1_000),
    });
  }
  return takeStep(run, {
    handoff: { state: 'acting', planSha256: digest },
    content,
    decisions: [...judged('gate.allowed'), { name: 'act.dispatched', contentSha256: digest }],
    also: async (unit) => {
      await mustNotBeStopped(unit, handoff);
      await unit.handoffs.claimPlan(digest, handoff.key);
      await unit.outbox.wake(handoff.key, bridge.clock.nowMs() + resumeAfterMs);
    },
  });
}

const unread: OrgReading = { kind: 'read', images: [] };

/** What the plan would replace: it becomes part of the plan, so that nobody overwrites what nobody has seen. */
async function readOrg(run: Run, effects: readonly PlannedEffect[], signal: AbortSignal) {
  if (effects.length === 0) return unread;
  const { bridge, handoff } = run;
  await recordHeld(run);
  const { org } = handoff.key;
  return askOrg(bridge, () => bridge.org.read({ org, effects }, signal), signal);
}

function withImage(effect: PlannedEffect, before: RecordImage | undefined): PlannedEffect {
  return before === undefined ? effect : { ...effect, before };
}

/** Exactly what would run; a person approves the digest of it. */
function newPlan({ bridge, offer, handoff }: Run, task: Task, effects: readonly PlannedEffect[]): Plan {
  const asJson = JSON.parse(JSON.stringify(effects)) as Plan['arguments'];
  return {
    tool: 'salesforce_write',
    arguments: { task: handoff.taskType, release: handoff.release, effects: asJson },
    actor: offer.claims.act,
    policy: bridge.policy.sha256,
    expires: nowSeconds(bridge) + task.definition.gate.approvalSeconds,
    nonce: bridge.random.uuid(),
  };
}

function decision(name: Decision['name'], about: unknown): Decision {
  return { name, contentSha256: sha256Hex(canonicalJson(about)) };
}
