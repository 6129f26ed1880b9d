import type { AuditEvent } from '@agent-readiness/protocol/handoff';
import type { Checkpoint, Hash } from '@agent-readiness/protocol/log';

/** A leaf of the log. `index` counts from 0; `salt` is 32 random bytes, hexadecimal. */
export interface AuditEntry {
  readonly index: number;
  readonly event: AuditEvent;
  readonly salt: string;
}

/** An entry and its audit path to the root of `head`. */
export interface ProvenEntry {
  readonly entry: AuditEntry;
  readonly head: TreeHead;
  readonly proof: readonly Hash[];
}

/** The log's size and root, not yet signed. */
export type TreeHead = Omit<Checkpoint, 'origin'>;

/**
 * The append-only log: an RFC 6962 tree. Appending is part of the transaction that records the decision,
 * so that neither stands without the other.
 */
export interface AuditLog {
  /**
   * Written in this order as the last thing before the transaction commits: the log is the one place where
   * all handoffs queue, so they queue for as short as possible.
   */
  append(...events: readonly AuditEvent[]): void;
  /** The newest entry of a handoff about this content, with the proof of it under the present head. */
  prove(txn: string, contentSha256: string): Promise<ProvenEntry | undefined>;
  head(): Promise<TreeHead>;
  entries(from: number, limit: number): Promise<readonly AuditEntry[]>;
  entriesOf(txn: string): Promise<readonly AuditEntry[]>;
  /** Audit path of a leaf in the tree of the first `size` leaves (RFC 6962 section 2.1.1). */
  inclusionProof(index: number, size: number): Promise<readonly Hash[]>;
  /** Proof between the trees of the first `oldSize` and `size` leaves (RFC 6962 section 2.1.2). */
  consistencyProof(oldSize: number, size: number): Promise<readonly Hash[]>;
  /** Root of the first `size` leaves. */
  rootOf(size: number): Promise<Hash>;
}
