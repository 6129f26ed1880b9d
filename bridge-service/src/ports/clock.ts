/** Time, for code that must not have one of its own. */
export interface Clock {
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
  /** Resolves after `ms`, or at once when the signal fires. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A signal that fires after `ms`; call `cancel` when it is no longer needed. */
  deadline(ms: number): { readonly signal: AbortSignal; readonly cancel: () => void };
}

/** Randomness, for code that must not have its own. */
export interface Random {
  bytes(length: number): Uint8Array<ArrayBuffer>;
  /** A random UUID (RFC 9562 version 4), lower case. */
  uuid(): string;
}
