import { checkOffer, type Grant, type OfferClaims } from '@agent-readiness/protocol/handoff';
import { narrowGrants } from '../../domain/gate/narrowGrants.ts';
import { parseJson } from '../../domain/json.ts';
import type { Task } from '../../domain/task/task.ts';
import type { Bridge } from '../bridge.ts';

/** What the bridge would take on, or why it will not: a code of the protocol or of `refusalReasons`. */
export type Authorisation =
  | {
      readonly ok: true;
      readonly task: Task;
      readonly grants: readonly Grant[];
      readonly maxCostUsdMicros: number;
      readonly deadlineMs: number;
    }
  | { readonly ok: false; readonly reason: string; readonly detail: string };

/** Whether a genuine offer asks for what was reviewed, in a form that the task understands. */
export function authorise(bridge: Bridge, claims: OfferClaims, payload: string): Authorisation {
  const refusal = checkOffer(claims, { payload, manifest: bridge.manifest });
  if (refusal !== undefined) return { ok: false, reason: refusal.code, detail: refusal.detail };
  const task = bridge.tasks.get(claims.tctx.task_type);
  if (task === undefined) return { ok: false, reason: 'task_unknown', detail: 'tctx.task_type' };
  const { effects, reads, limits } = task.definition;
  if (task.parseInput(parseJson(payload)) === undefined) {
    return { ok: false, reason: 'input_invalid', detail: 'payload' };
  }
  const grants = narrowGrants(claims.authorization_details, task.definition);
  if (effects.length + reads.length > 0 && grants.length === 0) {
    return { ok: false, reason: 'authority_missing', detail: 'authorization_details' };
  }
  const dueMs = claims.tctx.due === undefined ? Infinity : claims.tctx.due * 1_000;
  return {
    ok: true,
    task,
    grants,
    maxCostUsdMicros: Math.min(claims.tctx.max_cost_usd_micros, Math.floor(limits.maxCostUsd * 1_000_000)),
    deadlineMs: Math.min(dueMs, bridge.clock.nowMs() + limits.deadlineSeconds * 1_000),
  };
}
