import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** Bytes over a plain ArrayBuffer: what Web Crypto takes. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits; a string counts as its UTF-8 bytes. */
export function sha256Hex(data: Uint8Array | string): string {
  return bytesToHex(sha256(typeof data === 'string' ? utf8ToBytes(data) : data));
}

/** Standard base64 with padding (RFC 4648 section 4). */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Decodes standard base64 (RFC 4648 section 4). Undefined unless the text is the one canonical
 * spelling of its bytes: padding in full, unused bits zero, no white space. Otherwise two spellings
 * would carry one signature, and the hash of an object would not name it.
 */
export function fromBase64(text: string): Bytes | undefined {
  let binary: string;
  try {
    binary = atob(text);
  } catch {
    return undefined;
  }
  if (btoa(binary) !== text) return undefined;
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** Base64url without padding (RFC 7515 section 2). */
export function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Decodes base64url without padding (RFC 7515 section 2); canonical only, as {@link fromBase64}. */
export function fromBase64Url(text: string): Bytes | undefined {
  if (!/^[A-Za-z0-9_-]*$/.test(text)) return undefined;
  const standard = text.replaceAll('-', '+').replaceAll('_', '/');
  return fromBase64(standard + '='.repeat((4 - (standard.length % 4)) % 4));
}

/** Decodes UTF-8; undefined for bytes that are not valid UTF-8. Keeps a byte order mark. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Whether a string has a UTF-8 form: a lone surrogate would silently become U+FFFD when hashed. */
export function isWellFormed(text: string): boolean {
  return !/\p{Surrogate}/u.test(text);
}
