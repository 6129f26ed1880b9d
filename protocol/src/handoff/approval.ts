import { z } from 'zod';
import { canonicalJson } from '../encoding/canonicalJson.ts';
import { sha256Hex } from '../encoding/bytes.ts';
import type { ApprovalClaims } from './answerClaims.ts';
import { verifyObject, type VerifyContext } from './envelope.ts';
import { nearest, type Verified } from './kinds.ts';
import { actorSchema } from './offerClaims.ts';
import { refused, type Outcome, type Refusal } from './outcome.ts';
import { secondsSchema, sha256Schema, textSchema, uuidSchema } from './values.ts';

/** Exactly what a person approves. `expires` in seconds; `nonce` makes each plan its own. */
export const planSchema = z.strictObject({
  tool: textSchema,
  arguments: z.json(),
  actor: actorSchema,
  policy: sha256Schema,
  expires: secondsSchema,
  nonce: uuidSchema,
});
export type Plan = z.infer<typeof planSchema>;

/** What the executor knows right before the side effect. */
export interface ApprovalEvidence {
  /** The plan that is about to run, not the one that was shown. */
  readonly plan: unknown;
  /** Seconds since the epoch. */
  readonly now: number;
  /** Ids of the users that machines log in as. */
  readonly integrationUsers: readonly string[];
  /**
   * Whether an approval of this plan was used before. The store must claim the plan's digest under a
   * unique key in the same transaction in which the effect is dispatched; this is what it answered.
   */
  readonly wasUsed: boolean;
}

/** SHA-256 of the canonical form (RFC 8785) of a plan. Undefined for what is no plan. */
export function planSha256(plan: unknown): string | undefined {
  return readPlan(plan)?.digest;
}

function readPlan(plan: unknown): { readonly expires: number; readonly digest: string } | undefined {
  try {
    const { success, data } = planSchema.safeParse(plan);
    return success ? { expires: data.expires, digest: sha256Hex(canonicalJson(data)) } : undefined;
  } catch {
    // Nested too deeply, or text without a UTF-8 form: nobody can have approved it.
    return undefined;
  }
}

/**
 * Verifies an approval: {@link verifyObject}, then {@link checkApproval}. A rejection comes back as
 * `approval_rejected`; the result that reports it follows the object that `verifyObject` gives.
 */
export async function verifyApproval(
  compact: string,
  context: VerifyContext,
  previous: Verified<'accept' | 'result'>,
  evidence: Omit<ApprovalEvidence, 'now'>,
): Promise<Outcome<Verified<'approval'>>> {
  const approval = await verifyObject('approval', compact, context, previous);
  const { now } = context;
  return (approval.ok ? checkApproval(approval.value.claims, previous, { ...evidence, now }) : undefined) ?? approval;
}

/**
 * Whether this approval lets this plan run, now, once. Undefined if so, else `plan_invalid`,
 * `approval_plan_mismatch`, `approval_rejected`, `approval_expired`, `approval_reused`,
 * `approver_is_requester`, `approver_is_agent` or `approver_is_integration_user`. There is no
 * allowance for clock skew: a plan that may have expired has expired.
 */
export function checkApproval(
  claims: ApprovalClaims,
  previous: Verified<'accept' | 'result'>,
  { plan, now, integrationUsers, wasUsed }: ApprovalEvidence,
): Refusal | undefined {
  const read = readPlan(plan);
  if (read === undefined) return refused('plan_invalid', 'plan');
  const { digest, expires } = read;
  const asked = previous.kind === 'result' ? previous.claims.plan_sha256 : digest;
  if (claims.over !== digest || asked !== digest) return refused('approval_plan_mismatch', 'over');
  if (now >= expires) return refused('approval_expired', 'expires');
  if (claims.decision !== 'approved') return refused('approval_rejected', 'decision');
  if (wasUsed) return refused('approval_reused', 'over');
  const offer = nearest('offer', previous)?.claims;
  if (claims.sub === offer?.sub) return refused('approver_is_requester', 'sub');
  if (claims.sub === offer?.run_as) return refused('approver_is_agent', 'sub');
  if (integrationUsers.includes(claims.sub)) return refused('approver_is_integration_user', 'sub');
  return undefined;
}
