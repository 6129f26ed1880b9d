import { z } from 'zod';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../encoding/canonicalJson.ts';
import { sha256Hex } from '../encoding/bytes.ts';
import { logEntrySchema, type ResultClaims } from './answerClaims.ts';
import { refused, type Refusal } from './outcome.ts';
import { checkLogEntry, type LogTrust } from './result.ts';
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
  event: z.string().regex(/^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/),
  actor: textSchema,
  /** Digest of what was decided about; for a result see {@link resultContentSha256}. */
  content_sha256: sha256Schema,
});
export type AuditEvent = z.infer<typeof auditEventSchema>;

/** Opens one entry of the log: with the salt and the event anybody can recompute the commitment. */
export const receiptSchema = z.strictObject({
  event: auditEventSchema,
  /** 32 random bytes, hexadecimal: without it nobody can guess an event from its commitment. */
  salt: sha256Schema,
  log: logEntrySchema,
});
export type Receipt = z.infer<typeof receiptSchema>;

/** The HTTP body of an offer or a result: the JWS, and the string that `payload_sha256` covers. */
export const messageSchema = z.strictObject({ envelope: z.string().min(1), payload: z.string() });
export type Message = z.infer<typeof messageSchema>;

/** The entry of an event in the log: SHA-256(salt ‖ canonical event), hexadecimal. */
export function commitmentOf(event: AuditEvent, salt: string): string {
  return bytesToHex(sha256(concatBytes(hexToBytes(salt), utf8ToBytes(canonicalJson(event)))));
}

/** What the log says about a result: the canonical claims without times, `jti` and the proof itself. */
export function resultContentSha256(claims: Omit<ResultClaims, 'log'> & Partial<Pick<ResultClaims, 'log'>>): string {
  return sha256Hex(
    canonicalJson({ ...claims, iat: undefined, nbf: undefined, exp: undefined, jti: undefined, log: undefined }),
  );
}

/**
 * Verifies the receipt of a result: it opens the commitment that the result carries, speaks of this
 * result, and lies in the tree of a signed checkpoint. Undefined if so, else `receipt_mismatch` or the
 * codes of `checkLogEntry`. The receipt may prove inclusion in a later tree than the result did.
 */
export async function checkReceipt(
  receipt: Receipt,
  result: ResultClaims,
  log: LogTrust,
): Promise<Refusal | undefined> {
  const { event, salt, log: entry } = receipt;
  const opens = commitmentOf(event, salt) === entry.commitment && entry.commitment === result.log.commitment;
  const isAbout = event.txn === result.txn && event.content_sha256 === resultContentSha256(result);
  return opens && isAbout ? checkLogEntry(entry, log) : refused('receipt_mismatch', 'receipt');
}
