import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64, isWellFormed, toBase64, type Bytes } from '../encoding/bytes.ts';
import { accepted, refused, type Outcome } from '../handoff/outcome.ts';

/** C2SP signed-note v1.0.0, "Signature types": Ed25519. */
const ed25519Type = Uint8Array.of(0x01);
/** The specification asks for at least 16. */
const maxSignatures = 64;
const maxNoteLength = 65_536;

/** A key that may sign notes. `keyId` is 8 lower-case hexadecimal digits. */
export interface NoteVerifier {
  readonly name: string;
  readonly keyId: string;
  readonly verify: (text: Uint8Array, signature: Uint8Array) => Promise<boolean>;
}

export interface NoteSigner {
  readonly name: string;
  readonly keyId: string;
  readonly sign: (text: Uint8Array) => Promise<Uint8Array>;
}

/** The first four bytes of SHA-256(name ‖ LF ‖ 0x01 ‖ public key) (C2SP signed-note, "Signatures"). */
export function noteKeyId(name: string, publicKey: Uint8Array): string {
  return bytesToHex(sha256(concatBytes(utf8ToBytes(`${name}\n`), ed25519Type, publicKey)).slice(0, 4));
}

/** Writes a verifier key: `<name>+<key id>+<base64 of type and 32-byte Ed25519 public key>`. */
export function formatVerifierKey(name: string, publicKey: Uint8Array): string {
  return `${name}+${noteKeyId(name, publicKey)}+${toBase64(concatBytes(ed25519Type, publicKey))}`;
}

/** Reads a verifier key; refuses with `note_malformed` other types and a key id that does not fit. */
export async function parseVerifierKey(text: string): Promise<Outcome<NoteVerifier>> {
  const [, name = '', keyId = '', encoded = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.*)$/s.exec(text) ?? [];
  const key = fromBase64(encoded);
  const publicKey = key?.subarray(1);
  const isEd25519 = publicKey?.length === 32 && key?.[0] === ed25519Type[0];
  if (!isEd25519 || !isKeyName(name) || noteKeyId(name, publicKey) !== keyId) {
    return refused('note_malformed', 'not an Ed25519 verifier key');
  }
  const { subtle } = globalThis.crypto;
  const imported = await subtle.importKey('raw', publicKey, 'Ed25519', false, ['verify']).catch(() => undefined);
  if (imported === undefined) return refused('note_malformed', 'not a point of the curve');
  const verify: NoteVerifier['verify'] = (message, signature) =>
    subtle.verify('Ed25519', imported, new Uint8Array(signature), new Uint8Array(message));
  return accepted({ name, keyId, verify });
}

/** Header of a PKCS #8 structure around an Ed25519 seed (RFC 8410 section 7). */
const pkcs8Header = Uint8Array.from([48, 46, 2, 1, 0, 48, 5, 6, 3, 43, 101, 112, 4, 34, 4, 32]);

/**
 * A signer from a 32-byte Ed25519 seed and its 32-byte public key (RFC 8032).
 *
 * @throws RangeError for a name with spaces or plus signs, and for keys of another length.
 */
export async function createNoteSigner(name: string, seed: Bytes, publicKey: Bytes): Promise<NoteSigner> {
  if (!isKeyName(name) || seed.length !== 32 || publicKey.length !== 32) throw new RangeError('not a note key');
  const { subtle } = globalThis.crypto;
  const pkcs8 = new Uint8Array(concatBytes(pkcs8Header, seed));
  const key = await subtle.importKey('pkcs8', pkcs8, 'Ed25519', false, ['sign']);
  return {
    name,
    keyId: noteKeyId(name, publicKey),
    sign: async (text) => new Uint8Array(await subtle.sign('Ed25519', key, new Uint8Array(text))),
  };
}

/**
 * Signs a text as a note (C2SP signed-note v1.0.0).
 *
 * @throws RangeError unless the text ends in a newline and has no other control characters.
 */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!isNoteText(text)) throw new RangeError('not the text of a note');
  const lines = await Promise.all(
    signers.map(async ({ name, keyId, sign }) => {
      const id = Uint8Array.from(keyId.match(/../g) ?? [], (digits) => parseInt(digits, 16));
      return `— ${name} ${toBase64(concatBytes(id, await sign(utf8ToBytes(text))))}\n`;
    }),
  );
  return `${text}\n${lines.join('')}`;
}

/**
 * Verifies a signed note: at least one trusted key has signed, and no signature under the name and
 * id of a trusted key is wrong. Signatures of unknown keys are ignored, as the specification asks.
 * Refuses with `note_malformed`, `note_unsigned` or `note_signature_invalid`.
 */
export async function openNote(
  note: string,
  trusted: readonly NoteVerifier[],
): Promise<Outcome<{ readonly text: string; readonly signedBy: readonly string[] }>> {
  const parsed = parseNote(note);
  if (parsed === undefined) return refused('note_malformed', 'not a signed note');
  const text = utf8ToBytes(parsed.text);
  const signedBy: string[] = [];
  for (const { name, keyId, signature } of parsed.signatures) {
    const key = trusted.find((known) => known.name === name && known.keyId === keyId);
    if (key === undefined) continue;
    if (!(await key.verify(text, signature))) return refused('note_signature_invalid', name);
    signedBy.push(name);
  }
  if (signedBy.length === 0) return refused('note_unsigned', 'no trusted key has signed');
  return accepted({ text: parsed.text, signedBy });
}

interface NoteSignature {
  readonly name: string;
  readonly keyId: string;
  readonly signature: Uint8Array;
}

function parseNote(note: string): { text: string; signatures: NoteSignature[] } | undefined {
  const split = note.lastIndexOf('\n\n');
  if (note.length > maxNoteLength || split < 0 || !note.endsWith('\n') || !isNoteText(note)) return undefined;
  const lines = note.slice(split + 2, -1).split('\n');
  if (lines.length > maxSignatures) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name = '', encoded = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    if (!isKeyName(name) || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name, keyId: bytesToHex(bytes.slice(0, 4)), signature: bytes.slice(4) });
  }
  return { text: note.slice(0, split + 1), signatures };
}

function isNoteText(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- the specification forbids exactly these
  return text.endsWith('\n') && !/[\u0000-\u0009\u000b-\u001f]/.test(text) && isWellFormed(text);
}

function isKeyName(name: string): boolean {
  return /^[^\s+]+$/u.test(name) && isWellFormed(name);
}
