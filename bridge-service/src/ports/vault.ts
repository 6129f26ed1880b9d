/**
 * A key for what belongs to one person in one conversation. Erasing the person destroys it; all that was
 * sealed under it, here and in every backup, can then no longer be read.
 */
export interface DataKey {
  readonly id: string;
  /** 32 bytes for AES-256. */
  readonly key: Uint8Array<ArrayBuffer>;
}

/** Whose key: the person (`sub`) as one org (`iss`) knows them. */
export interface KeyOwner {
  readonly org: string;
  readonly subject: string;
}

/** Data keys, wrapped by a master key that the store does not have. */
export interface KeyStore {
  /** The key of this person in this conversation; made if there is none, and then nothing is sealed under it yet. */
  keyFor(owner: KeyOwner, conversation: string): Promise<{ readonly dataKey: DataKey; readonly isNew: boolean }>;
  /** Undefined after it was destroyed. */
  find(id: string): Promise<DataKey | undefined>;
  /** Destroys every key of a person; returns how many. */
  destroy(owner: KeyOwner): Promise<number>;
  /** Wraps anew what is not under the master key, among the next `limit` keys after the id `after`. */
  rewrap(after: string, limit: number): Promise<Rewrapped>;
}

export interface Rewrapped {
  /** Id of the last key that was looked at; undefined when there was none left. */
  readonly last: string | undefined;
  readonly rewrapped: number;
  /** Keys that neither master key opens; they were left as they are. */
  readonly unreadable: number;
}

/** A token and what it stands for, `sealed` under the conversation's key. */
export interface VaultEntry {
  readonly token: string;
  readonly type: string;
  readonly sealed: Uint8Array;
}

/** Tokens of masking, per conversation: what one conversation minted, another one cannot resolve. */
export interface VaultStore {
  entries(keyId: string): Promise<readonly VaultEntry[]>;
  /** Adds; a token that is there keeps its value. `expiresMs` since the epoch moves to the later one. */
  add(keyId: string, entries: readonly VaultEntry[], expiresMs: number): Promise<void>;
  /** Removes conversations that expired before `nowMs`; returns how many entries. */
  purge(nowMs: number): Promise<number>;
}
