/**
 * Work that must happen after a transaction commits, written in the same transaction: it is neither lost
 * by a crash nor done for something that was rolled back. Each handler may run more than once.
 */
export interface Outbox {
  /** Look at this handoff again at `atMs` (since the epoch): resume, expire, escalate. */
  wake(key: HandoffKey, atMs: number): Promise<void>;
  /** Deliver the answer of this handoff to its org. */
  deliver(key: HandoffKey): Promise<void>;
}

/** One handoff: `txn` is unique within the org that offered it. */
export interface HandoffKey {
  readonly org: string;
  readonly txn: string;
}
