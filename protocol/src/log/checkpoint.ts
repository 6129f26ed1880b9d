import { fromBase64, toBase64 } from '../encoding/bytes.ts';
import { accepted, refused, type Outcome, type Refusal } from '../handoff/outcome.ts';
import type { Hash } from './merkle.ts';
import { verifyConsistency } from './verifyProof.ts';
import { openNote, signNote, type NoteSigner, type NoteVerifier } from './note.ts';

/** A tree head: `size` counts leaves, `root` is the RFC 6962 tree hash of 32 bytes. */
export interface Checkpoint {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

/** The text of a checkpoint (C2SP tlog-checkpoint v1.0.0): origin, size and base64 root, a line each. */
export function formatCheckpoint({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${String(size)}\n${toBase64(root)}\n`;
}

/** Signs a checkpoint; the first signer is the log itself. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): Promise<string> {
  return signNote(formatCheckpoint(checkpoint), signers);
}

/**
 * Reads the text of a checkpoint (C2SP tlog-checkpoint v1.0.0). Extension lines are allowed and not
 * interpreted. Refuses with `checkpoint_malformed`, also for sizes beyond 2^53 − 1.
 */
export function parseCheckpoint(text: string): Outcome<Checkpoint> {
  const lines = text.split('\n');
  const [origin = '', sizeText = '', rootText = ''] = lines;
  const size = Number(sizeText);
  const root = fromBase64(rootText);
  const extensionsFilled = lines.slice(0, -1).every((line) => line !== '');
  if (!text.endsWith('\n') || !extensionsFilled || !/^(0|[1-9]\d*)$/.test(sizeText) || !Number.isSafeInteger(size)) {
    return refused('checkpoint_malformed', 'not origin, size and root hash');
  }
  if (root?.length !== 32) return refused('checkpoint_malformed', 'the root hash is not 32 bytes');
  return accepted({ origin, size, root });
}

/**
 * Verifies a signed checkpoint of the log `origin`; the log signs under the name of its origin, so a
 * key of another trusted log does not do. Refuses with `checkpoint_malformed`, `checkpoint_origin`,
 * and the codes of {@link openNote}.
 */
export async function openCheckpoint(
  note: string,
  origin: string,
  trusted: readonly NoteVerifier[],
): Promise<Outcome<Checkpoint>> {
  const opened = await openNote(
    note,
    trusted.filter(({ name }) => name === origin),
  );
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpoint(opened.value.text);
  if (!checkpoint.ok) return checkpoint;
  if (checkpoint.value.origin !== origin) return refused('checkpoint_origin', 'another log');
  return checkpoint;
}

/**
 * Whether a newer checkpoint extends an older one of the same log, so that nothing that was shown
 * before has been rewritten or cut. The empty tree is extended by every tree, with an empty proof.
 * Undefined if so, else `checkpoint_origin` or `consistency_invalid`.
 */
export function checkExtends(older: Checkpoint, newer: Checkpoint, proof: readonly Hash[]): Refusal | undefined {
  if (older.origin !== newer.origin) return refused('checkpoint_origin', 'two logs');
  const claim = { oldSize: older.size, oldRoot: older.root, newSize: newer.size, newRoot: newer.root };
  const extendsIt = older.size === 0 ? proof.length === 0 : verifyConsistency(claim, proof);
  return extendsIt ? undefined : refused('consistency_invalid', `${older.size} to ${newer.size}`);
}
