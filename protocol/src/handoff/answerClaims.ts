import { z } from 'zod';
import { receiptSchema } from './receiptClaims.ts';
import { grantOperationSchema, grantSchema } from './authority.ts';
import {
  linkedClaims,
  nameSchema,
  ownerSchema,
  salesforceIdSchema,
  secondsSchema,
  sha256Schema,
  textSchema,
  usdMicrosSchema,
  userIdSchema,
} from './values.ts';

/** "Custody taken." Authority and cost may only narrow. */
export const acceptClaimsSchema = z.strictObject({
  ...linkedClaims,
  owner: ownerSchema,
  authorization_details: z.array(grantSchema),
  max_cost_usd_micros: usdMicrosSchema,
  policy: sha256Schema,
  manifest: sha256Schema,
});
export type AcceptClaims = z.infer<typeof acceptClaimsSchema>;

/** "Custody not taken, and why." `reason` is a stable code, of this protocol or of the bridge. */
export const refuseClaimsSchema = z.strictObject({
  ...linkedClaims,
  reason: z
    .string()
    .max(64)
    .regex(/^[a-z]+(_[a-z]+)*$/),
  detail: textSchema,
});
export type RefuseClaims = z.infer<typeof refuseClaimsSchema>;

/** A person's decision over one exact plan. `sub` is the approver, `at` when they decided. */
export const approvalClaimsSchema = z.strictObject({
  ...linkedClaims,
  sub: userIdSchema,
  decision: z.enum(['approved', 'rejected']),
  /** Digest of the plan, see `planSha256`. */
  over: sha256Schema,
  at: secondsSchema,
  channel: textSchema,
  /** Whether an administrator decided in place of the assigned approver. */
  override: z.boolean(),
});
export type ApprovalClaims = z.infer<typeof approvalClaimsSchema>;

/** What became of the task. Every verdict is recorded, also those under which nothing was done. */
export const dispositionSchema = z.enum([
  'executed',
  'errored',
  'timed_out',
  'blocked',
  'denied',
  'approval_required',
  'refused',
]);
export type Disposition = z.infer<typeof dispositionSchema>;

/** `dispatched`: sent, outcome unknown. `confirmed`: the org answered that it happened. */
export const effectStatusSchema = z.enum(['dispatched', 'confirmed']);

/** Operations that need a before-image, so that they can be undone; and those that leave a record. */
const changing: readonly string[] = ['update', 'delete', 'merge', 'convert'];
const leaving: readonly string[] = ['create', 'update', 'upsert'];

/**
 * One thing that was done. Hashes are of the record before and after: what changes a record has a
 * before-image, and what is confirmed to leave one has an after-image.
 */
export const effectReceiptSchema = z
  .strictObject({
    operation: grantOperationSchema.exclude(['read']),
    object: nameSchema,
    fields: z.array(nameSchema),
    record_id: salesforceIdSchema.optional(),
    status: effectStatusSchema,
    at: secondsSchema,
    before_sha256: sha256Schema.optional(),
    after_sha256: sha256Schema.optional(),
  })
  .refine(({ operation, before_sha256 }) => before_sha256 !== undefined || !changing.includes(operation), {
    error: 'no before-image',
    path: ['before_sha256'],
  })
  .refine(
    ({ operation, status, after_sha256 }) =>
      after_sha256 !== undefined || status === 'dispatched' || !leaving.includes(operation),
    { error: 'no after-image', path: ['after_sha256'] },
  );
export type EffectReceipt = z.infer<typeof effectReceiptSchema>;

/** "This is what happened." */
export const resultClaimsSchema = z.strictObject({
  ...linkedClaims,
  owner: ownerSchema,
  disposition: dispositionSchema,
  effects: z.array(effectReceiptSchema),
  /** Digests of the compact forms of the approvals that were used. */
  approvals: z.array(sha256Schema),
  /** The plan that waits for an approval; only with the disposition `approval_required`. */
  plan_sha256: sha256Schema.optional(),
  model_responses: z.array(textSchema),
  cost_usd_micros: usdMicrosSchema,
  digests: z.strictObject({ policy: sha256Schema, manifest: sha256Schema, release: sha256Schema }),
  payload_sha256: sha256Schema,
  /** What the bridge's log says about this result, and the proof that it says so. */
  log: receiptSchema,
});
export type ResultClaims = z.infer<typeof resultClaimsSchema>;

/** "This is what the org did with the result." `checkpoint_sha256` proves what the org has stored. */
export const closeClaimsSchema = z.strictObject({
  ...linkedClaims,
  owner: ownerSchema,
  outcome: z.enum(['applied', 'recorded', 'rejected', 'escalated']),
  record_ids: z.array(salesforceIdSchema),
  checkpoint_sha256: sha256Schema,
});
export type CloseClaims = z.infer<typeof closeClaimsSchema>;
