import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseCertificate } from '../../src/handoff/certificate.ts';

const folder = new URL('../../../scripts/vectors/testOnlyKeys/', import.meta.url);

/** A key pair that is in the repository, private half included: see the README beside the files. */
export interface TestKey {
  readonly privateKey: string;
  readonly certificate: string;
  readonly thumbprint: string;
  readonly publicKeyPin: string;
}

function readCertificate(name: string): string {
  return readFileSync(new URL(`${name}.cert.pem`, folder), 'utf8');
}

function readKey(name: string): TestKey {
  const privateKey = readFileSync(new URL(`${name}.key.pem`, folder), 'utf8');
  const certificate = readCertificate(name);
  const parsed = parseCertificate(certificate);
  if (parsed === undefined) throw new Error(`${name} is not a certificate`);
  return { privateKey, certificate, thumbprint: parsed.thumbprint, publicKeyPin: parsed.publicKeyPin };
}

export const testKeys = {
  org: readKey('org'),
  bridge: readKey('bridge'),
  /** A good key that is pinned nowhere. */
  stranger: readKey('stranger'),
};

/** Certificates that must not be trusted: 1,024 bits (and an end after 2049), and no RSA key. */
export const weakCertificate = readCertificate('weak');
export const ellipticCertificate = readCertificate('elliptic');

/** Ed25519 pairs of test logs; the seed is a digest, so that there is nothing to keep. */
function logKey(sentence: string): { seed: Uint8Array<ArrayBuffer>; publicKey: Uint8Array<ArrayBuffer> } {
  const seed = createHash('sha256').update(sentence).digest();
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const spki = createPublicKey(createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' })).export({
    format: 'der',
    type: 'spki',
  });
  return { seed: new Uint8Array(seed), publicKey: new Uint8Array(spki.subarray(-32)) };
}

export const testLogKey = logKey('TEST ONLY log of the golden vectors');
export const strangerLogKey = logKey('TEST ONLY log that nobody trusts');

/** What goes into a compact JWS; the claims as text, where they are to be malformed. */
export interface JwsParts {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: object | string;
  readonly privateKey: string;
}

/** Signs anything, by Node's own crypto: the library refuses to sign what a verifier must refuse. */
export function signJws({ header, claims, privateKey }: JwsParts): string {
  const encode = (part: object | string): string =>
    Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url');
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${sign('RSA-SHA256', Buffer.from(input), privateKey).toString('base64url')}`;
}
