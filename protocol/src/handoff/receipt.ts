import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { canonicalJson } from '../encoding/canonicalJson.ts';
import { sha256Hex } from '../encoding/bytes.ts';
import { openCheckpoint } from '../log/checkpoint.ts';
import { leafHash } from '../log/merkle.ts';
import type { NoteVerifier } from '../log/note.ts';
import { verifyInclusion } from '../log/verifyProof.ts';
import type { ResultClaims } from './answerClaims.ts';
import { refused, type Refusal } from './outcome.ts';
import type { AuditEvent, Receipt } from './receiptClaims.ts';

/** A log: its origin and the keys that may sign its checkpoints. */
export interface LogTrust {
  readonly origin: string;
  readonly keys: readonly NoteVerifier[];
}

/** The entry of an event in the log, 32 bytes: SHA-256(salt ‖ canonical event). The salt is hexadecimal. */
export function commitmentOf(event: AuditEvent, salt: string): Uint8Array {
  return sha256(concatBytes(hexToBytes(salt), utf8ToBytes(canonicalJson(event))));
}

/** What the log says about a result: the canonical claims without times, `jti` and the receipt itself. */
export function resultContentSha256(claims: Omit<ResultClaims, 'log'>): string {
  return sha256Hex(
    canonicalJson({ ...claims, iat: undefined, nbf: undefined, exp: undefined, jti: undefined, log: undefined }),
  );
}

/**
 * Verifies a receipt: its event speaks of this result, and lies in the tree of a signed checkpoint.
 * Serves for the receipt in the result and for a later one, from a larger tree. Undefined if so, else
 * `receipt_mismatch`, `inclusion_invalid` or the codes of `openCheckpoint`.
 */
export async function checkReceipt(
  { event, salt, index, proof, checkpoint: note }: Receipt,
  result: ResultClaims,
  { origin, keys }: LogTrust,
): Promise<Refusal | undefined> {
  if (event.txn !== result.txn || event.party !== result.iss || event.content_sha256 !== resultContentSha256(result)) {
    return refused('receipt_mismatch', 'log.event');
  }
  const checkpoint = await openCheckpoint(note, origin, keys);
  if (!checkpoint.ok) return checkpoint;
  const { size, root } = checkpoint.value;
  const leaf = leafHash(commitmentOf(event, salt));
  return verifyInclusion({ index, size, leaf, root }, proof.map(hexToBytes))
    ? undefined
    : refused('inclusion_invalid', 'log.proof');
}
