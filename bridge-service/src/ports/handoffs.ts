import type { Disposition, EffectReceipt, Grant, Kind, Owner } from '@agent-readiness/protocol/handoff';
import type { HandoffKey } from './outbox.ts';

/**
 * Where a handoff stands. Each step is stored before its consequence, so a replica that finds a handoff
 * in a state knows what may have happened and what has not.
 *
 * - `refused`: custody was not taken
 * - `accepted`: custody taken, nothing written; a model may have been asked
 * - `approval_required`: a plan waits for a person
 * - `acting`: the write was dispatched, its outcome is not known here
 * - `finished`: nothing is left to do but to sign the answer
 */
export type HandoffState = 'refused' | 'accepted' | 'approval_required' | 'acting' | 'finished';

/** What happened, without content: digests, names and figures. */
export interface HandoffOutcome {
  readonly disposition: Disposition;
  /** A stable code that says why; empty where the disposition says it all. */
  readonly reason: string;
  readonly effects: readonly EffectReceipt[];
  /** Digests of the compact forms of the approvals that were used. */
  readonly approvals: readonly string[];
}

/** One handoff as the store keeps it. Content is in `sealed`, under the data key `keyId`. */
export interface Handoff {
  readonly key: HandoffKey;
  readonly state: HandoffState;
  /** Raised by each lease: a writer with an older one has lost the handoff to another replica. */
  readonly fence: number;
  /** See `offerContentSha256`: what a retry must not change. */
  readonly contentSha256: string;
  readonly keyId: string;
  readonly agent: string;
  readonly taskType: string;
  /** Digest of the task's files: what answers is what was reviewed. */
  readonly release: string;
  readonly createdMs: number;
  /** When the run as a whole must have ended; while a person decides, when the plan expires. */
  readonly deadlineMs: number;
  readonly owner: Owner;
  readonly grants: readonly Grant[];
  readonly maxCostUsdMicros: number;
  /** Digest of the object that the next one follows. */
  readonly tip: string;
  readonly costUsdMicros: number;
  /** How often a model was asked; numbers the reservations. */
  readonly questions: number;
  /** Ids of the model's responses. */
  readonly modelResponses: readonly string[];
  readonly planSha256: string | undefined;
  /** The approval under which the plan runs. */
  readonly approvalSha256: string | undefined;
  readonly outcome: HandoffOutcome | undefined;
  /** See {@link HandoffContent}. */
  readonly sealed: Uint8Array;
}

/** A signed object of a chain. Its compact form is `sealed`: claims such as the purpose are content. */
export interface StoredObject {
  readonly sha256: string;
  readonly kind: Kind;
  readonly sealed: Uint8Array;
  /** Digest of the object before it; undefined for an offer. */
  readonly prev: string | undefined;
}

/** An offer by its `jti`. */
export interface SeenJti {
  readonly sha256: string;
  readonly txn: string;
}

/** The offer by its `jti`, kept until `expiresMs`, and the first objects of the chain, the offer first. */
export interface Beginning {
  readonly jti: string;
  readonly expiresMs: number;
  readonly objects: readonly [StoredObject, ...StoredObject[]];
  /** Of the replica that goes on with it at once; the fence of the handoff is that of this lease. */
  readonly lease?: Lease | undefined;
}

export interface Lease {
  readonly holder: string;
  /** Milliseconds since the epoch. */
  readonly untilMs: number;
}

/**
 * A model's answer as recorded, so that a run can be replayed. `sealed` under the handoff's data key: JSON with
 * the `answer` and the `delimiter` (hexadecimal) of the request, which `requestSha256` is the digest of.
 */
export interface RecordedAnswer {
  readonly question: number;
  readonly requestSha256: string;
  readonly sealed: Uint8Array;
}

/** Handoffs and their objects. Unique: org and `txn`, org and `jti`, digest of an object, digest of a used plan. */
export interface HandoffStore {
  /** Locks these names of an org until the transaction ends, so that what arrives at once is decided in turn. */
  lock(org: string, ...names: readonly string[]): Promise<void>;
  find(key: HandoffKey): Promise<Handoff | undefined>;
  /** A new handoff with what it begins with. */
  insert(handoff: Handoff, beginning: Beginning): Promise<void>;
  /**
   * Takes the handoff for `holder` until `untilMs`, raising the fence; undefined while another holder's
   * lease runs.
   */
  lease(key: HandoffKey, holder: string, nowMs: number, untilMs: number): Promise<Handoff | undefined>;
  /**
   * Replaces the record; with it ends the lease of what is neither `accepted` nor `acting` any more.
   *
   * @throws StaleFenceError when another replica has leased it since
   */
  save(handoff: Handoff): Promise<void>;
  /** Prolongs the lease; false when it was lost. */
  renew(handoff: Handoff, untilMs: number): Promise<boolean>;
  /** Ends the lease, so that another replica need not wait for it to expire. */
  release(handoff: Handoff): Promise<void>;

  seenJti(org: string, jti: string): Promise<SeenJti | undefined>;
  addJti(org: string, jti: string, seen: SeenJti, expiresMs: number): Promise<void>;
  /** Removes those that expired before `nowMs`: their offers cannot be shown again. */
  purgeJtis(nowMs: number): Promise<void>;
  addObject(key: HandoffKey, object: StoredObject): Promise<void>;
  object(key: HandoffKey, sha256: string): Promise<StoredObject | undefined>;
  /** In the order in which they were stored. */
  objects(key: HandoffKey): Promise<readonly StoredObject[]>;
  /** Uses up a plan; false when it was used before. */
  claimPlan(planSha256: string, key: HandoffKey): Promise<boolean>;
  addAnswer(key: HandoffKey, answer: RecordedAnswer): Promise<void>;
  answers(key: HandoffKey): Promise<readonly RecordedAnswer[]>;
  /** The next handoffs of an org after this txn, in the order of their txns. */
  list(org: string, after: string, limit: number): Promise<readonly Handoff[]>;
  /** Those that are not over, in the order of their keys. */
  open(): Promise<readonly HandoffKey[]>;
  /** How many handoffs are in each state. */
  count(): Promise<Readonly<Record<HandoffState, number>>>;
}

/** A replica wrote to a handoff that another one has leased since: it must stop, and change nothing. */
export class StaleFenceError extends Error {
  override readonly name = 'StaleFenceError';
}
