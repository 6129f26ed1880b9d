import { z } from 'zod';
import { partySchema, secondsSchema, sha256Schema, textSchema, uuidSchema } from './values.ts';

/**
 * One decision, written before its consequence. It holds digests and names, never contents, so that
 * the event can be shown to an auditor; what it is about lies encrypted beside it.
 */
export const auditEventSchema = z.strictObject({
  version: z.literal(1),
  txn: uuidSchema,
  party: partySchema,
  at: secondsSchema,
  /** Stage and verdict, `verify.refused` or `act.dispatched`. */
  event: z
    .string()
    .max(64)
    .regex(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/),
  actor: textSchema,
  /** Digest of what was decided about; for a result see `resultContentSha256`. */
  content_sha256: sha256Schema,
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/**
 * Opens one entry of the log and proves that it is there: with event and salt anybody can recompute
 * the commitment that the leaf is made of. `index` counts leaves from 0.
 */
export const receiptSchema = z.strictObject({
  event: auditEventSchema,
  /** 32 random bytes, hexadecimal: without it nobody can guess an event from its commitment. */
  salt: sha256Schema,
  index: z.int().min(0),
  proof: z.array(sha256Schema).max(64),
  /** Signed note, see `openCheckpoint`. */
  checkpoint: z.string().min(1).max(65_536),
});
export type Receipt = z.infer<typeof receiptSchema>;
