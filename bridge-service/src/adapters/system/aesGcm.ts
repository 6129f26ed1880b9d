import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto';
import type { Cipher } from '../../ports/cipher.ts';
import type { Random } from '../../ports/clock.ts';

const nonceLength = 12;
const tagLength = 16;

/** AES-256-GCM (NIST SP 800-38D): random nonce of 12 bytes ‖ ciphertext ‖ tag of 16 bytes. */
export function createAesGcm(random: Random): Cipher {
  // As OpenSSL wants them, which takes as long as a short text: a run seals and opens dozens of texts under one key, and
  // what is prepared goes with the bytes that it was made from.
  const prepared = new WeakMap<Uint8Array, KeyObject>();
  const prepare = (key: Uint8Array): KeyObject => {
    const known = prepared.get(key) ?? createSecretKey(key);
    prepared.set(key, known);
    return known;
  };
  return {
    seal(key, plaintext, context) {
      const nonce = random.bytes(nonceLength);
      const cipher = createCipheriv('aes-256-gcm', prepare(key), nonce, { authTagLength: tagLength });
      cipher.setAAD(Buffer.from(context));
      const body = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final()]);
      return new Uint8Array(Buffer.concat([nonce, body, cipher.getAuthTag()]));
    },
    open(key, sealed, context) {
      const nonce = sealed.subarray(0, nonceLength);
      const decipher = createDecipheriv('aes-256-gcm', prepare(key), nonce, { authTagLength: tagLength });
      decipher.setAAD(Buffer.from(context));
      decipher.setAuthTag(sealed.subarray(-tagLength));
      const body = decipher.update(sealed.subarray(nonceLength, -tagLength));
      return Buffer.concat([body, decipher.final()]).toString('utf8');
    },
  };
}
