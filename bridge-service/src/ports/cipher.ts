/** Authenticated encryption (AES-256-GCM). `context` is bound to the ciphertext: another context cannot open it. The bytes of a key never change. */
export interface Cipher {
  seal(key: Uint8Array, plaintext: string, context: string): Uint8Array;
  /** @throws Error when the ciphertext was changed, or belongs to another key or context */
  open(key: Uint8Array, sealed: Uint8Array, context: string): string;
}
