import type { AuditEvent } from '@agent-readiness/protocol/handoff';
import type { Generated, Insertable, JSONColumnType, Selectable, Transaction } from 'kysely';
import type { Handoff } from '../../ports/handoffs.ts';

/** The part of a handoff that no query looks into. */
export type HandoffFacts = Omit<
  Handoff,
  'key' | 'state' | 'fence' | 'contentSha256' | 'keyId' | 'createdMs' | 'deadlineMs' | 'sealed'
>;

/** Times are milliseconds since the epoch, money is millionths of a US dollar; both fit a double exactly. */
export interface Tables {
  readonly handoff: {
    org: string;
    txn: string;
    state: Handoff['state'];
    fence: number;
    lease_holder: string | null;
    lease_until: number;
    content_sha256: string;
    key_id: string;
    created: number;
    deadline: number;
    facts: JSONColumnType<HandoffFacts>;
    sealed: Uint8Array;
  };
  readonly handoff_object: {
    sequence: Generated<number>;
    sha256: string;
    org: string;
    txn: string;
    kind: string;
    sealed: Uint8Array;
    prev: string | null;
  };
  readonly seen_jti: { org: string; jti: string; sha256: string; txn: string; expires: number };
  readonly used_plan: { plan_sha256: string; org: string; txn: string };
  readonly model_answer: { org: string; txn: string; question: number; request_sha256: string; sealed: Uint8Array };
  readonly audit_entry: {
    position: number;
    txn: string;
    content_sha256: string;
    event: JSONColumnType<AuditEvent>;
    salt: Uint8Array;
  };
  readonly audit_node: { level: number; position: number; hash: Uint8Array };
  /** One row. `frontier` holds the roots of the complete subtrees, largest first, 32 bytes each. */
  readonly audit_head: { id: number; size: number; frontier: Uint8Array };
  readonly budget: { name: string; limit_micros: number; spent_micros: number; reserved_micros: number };
  readonly budget_reservation: {
    id: string;
    amount_micros: number;
    names: JSONColumnType<readonly string[]>;
    expires: number;
    settled: boolean;
  };
  readonly kill_order: { kind: string; name: string; ordered_by: string; reason: string; at: number };
  readonly data_key: {
    id: string;
    org: string;
    subject: string;
    conversation: string;
    /** Null once it was destroyed. */
    wrapped: Uint8Array | null;
  };
  readonly vault_entry: { key_id: string; token: string; type: string; sealed: Uint8Array; expires: number };
}

export type SqlTransaction = Transaction<Tables>;
export type Row<T extends keyof Tables> = Selectable<Tables[T]>;
export type NewRow<T extends keyof Tables> = Insertable<Tables[T]>;
