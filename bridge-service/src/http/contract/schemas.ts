import { z } from 'zod';
import { categorySchema } from '@agent-readiness/protocol';
import {
  auditEventSchema,
  dispositionSchema,
  lineSchema,
  messageSchema,
  uuidSchema,
} from '@agent-readiness/protocol/handoff';
import type { ClaimView } from '../../app/claim/claimHandoff.ts';
import type { Answer } from '../../domain/answer.ts';
import type { Readiness } from '../../domain/readiness.ts';
import type { AuditEntry } from '../../ports/audit.ts';
import type { KillOrder } from '../../ports/killSwitch.ts';

/** What is sent to and fro, once for the routes that parse it and the document that describes it. */

const jws = z.string().min(1);
const text = lineSchema.min(1);
const count = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const hashes = z.array(z.string()).describe('SHA-256 hashes, hexadecimal');

/** Whether an agent may show the value to whoever it talks to. */
const displayable = (isDisplayable: boolean) => ({ 'x-sfdc': { agent: { action: { isDisplayable } } } });

/** The most entries that one page of the log has. */
const pageSize = 1_000;

/** What of a kill switch is meant; a name with `agent` and `task`, none with `global`. */
const scopeSchema = z
  .strictObject({ kind: z.enum(['global', 'agent', 'task']), name: text.optional() })
  .refine(({ kind, name }) => (kind === 'global') === (name === undefined), { path: ['name'] })
  .transform(({ kind, name = '' }): KillOrder['scope'] => (kind === 'global' ? { kind } : { kind, name }));

export const bodies = {
  Message: messageSchema,
  Envelope: z.strictObject({ envelope: jws }),
  KillOrder: z.strictObject({ scope: scopeSchema, reason: text }),
  KillRelease: z.strictObject({ scope: scopeSchema }),
  /** RFC 6749 section 4.4.2; the client may also name itself by the `Authorization` header. */
  TokenRequest: z.object({
    grant_type: z.string(),
    client_id: z.string().optional(),
    client_secret: z.string().optional(),
    scope: z.string().optional(),
    resource: z.string().optional(),
  }),
  /** JSON-RPC 2.0, as MCP uses it. */
  McpMessage: z.object({ jsonrpc: z.literal('2.0'), method: z.string(), id: z.string().optional() }),
  Person: z.strictObject({ org: text, subject: text }),
  HandoffKey: z.strictObject({ org: text, txn: uuidSchema }),
} as const;

export const queries = {
  entries: z.object({ from: count.default(0), limit: count.max(pageSize).default(pageSize) }),
  inclusion: z.object({ index: count, size: count }),
  consistency: z.object({ from: count, size: count }),
  org: z.object({ org: text.optional().describe('Which org; needed by an operator, ignored for an org') }),
} as const;

export const paths = {
  txn: z.object({ txn: uuidSchema.describe('The txn of the offer') }),
  handoffId: z.object({
    handoffId: uuidSchema.describe('The opaque id that the action which opened the handoff has returned'),
  }),
} as const;

export const answers = {
  Answer: z.object({
    txn: z.string(),
    status: z.enum(['refused', 'accepted', 'approval_required', 'finished']),
    refuse: jws.exactOptional(),
    accept: jws.exactOptional(),
    result: jws.exactOptional(),
    payload: z.string().exactOptional().describe('The string that payload_sha256 of the result covers'),
  }) satisfies z.ZodType<Answer>,
  Claim: z.object({
    handoff_id: z.string().meta(displayable(false)),
    status: z
      .enum(['refused', 'pending', 'approval_required', 'finished'])
      .meta({ description: 'Ask again while it is pending', ...displayable(true) }),
    disposition: z.enum(dispositionSchema.options).exactOptional().meta(displayable(false)),
    reason: z.string().meta({ description: 'A stable code; empty when all went as asked', ...displayable(true) }),
    output: z
      .string()
      .exactOptional()
      .meta({ description: 'What the task answers, as JSON; only when it was carried out', ...displayable(true) }),
  }) satisfies z.ZodType<ClaimView>,
  Text: z.string(),
  AuditEntries: z.object({
    entries: z.array(z.object({ index: z.int(), event: auditEventSchema, salt: z.string() })) satisfies z.ZodType<
      readonly AuditEntry[]
    >,
  }),
  Proof: z.object({ proof: hashes }),
  KillOrders: z.object({
    orders: z.array(
      z.object({
        scope: z.object({ kind: z.enum(['global', 'agent', 'task']), name: z.string().optional() }),
        by: z.string(),
        reason: z.string(),
        atMs: z.int(),
      }),
    ),
  }),
  Reverted: z.object({ status: z.enum(['reverted', 'unconfirmed']) }),
  Erased: z.object({ destroyed: z.int().describe('How many keys') }),
  Readiness: z.object({
    ready: z.boolean(),
    rows: z.array(
      z.object({ dimension: categorySchema, status: z.enum(['met', 'unmet', 'unknown']), evidence: z.string() }),
    ),
  }) satisfies z.ZodType<Readiness>,
  Status: z.object({ status: z.string() }),
  AccessToken: z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int() }),
  Metadata: z.object({}).describe('As the RFC named in the summary has it'),
  Problem: z.object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string().describe('Stable; docs/errors.md lists them all'),
    reason: z.string().optional(),
  }),
} as const;
