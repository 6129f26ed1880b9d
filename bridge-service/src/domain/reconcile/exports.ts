import {
  auditEventSchema,
  partySchema,
  salesforceIdSchema,
  sha256Schema,
  uuidSchema,
} from '@agent-readiness/protocol/handoff';
import { z } from 'zod';

/** A row of the journal that the org keeps: one change that the bridge made. */
const effectRowSchema = z.object({
  key: z.string(),
  txn: uuidSchema,
  operation: z.enum(['create', 'update', 'upsert', 'delete']),
  object: z.string(),
  /** API names, sorted. */
  fields: z.array(z.string()),
  recordId: salesforceIdSchema,
});
export type EffectRow = z.infer<typeof effectRowSchema>;

/** What an org holds: the signed objects as `HandoffExport` gives them out, and its journal. */
export const orgExportSchema = z.object({
  org: partySchema,
  handoffs: z.array(z.object({ txn: uuidSchema, objects: z.array(z.object({ envelope: z.string() })) })),
  effects: z.array(effectRowSchema),
});
export type OrgExport = z.infer<typeof orgExportSchema>;

/** What the bridge holds of one org: the signed objects, and its whole log. */
export const bridgeExportSchema = z.strictObject({
  party: partySchema,
  /** Without objects where the person was erased. */
  handoffs: z.array(
    z.strictObject({ org: partySchema, txn: uuidSchema, erased: z.boolean(), objects: z.array(z.string()) }),
  ),
  entries: z.array(z.strictObject({ index: z.int().min(0), event: auditEventSchema, salt: sha256Schema })),
  checkpoint: z.string(),
});
export type BridgeExport = z.infer<typeof bridgeExportSchema>;
