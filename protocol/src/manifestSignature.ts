import {
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  exportJWK,
  importPKCS8,
  importSPKI,
  importX509,
  type CryptoKey,
} from 'jose';
import { toBase64Url } from './encoding/bytes.ts';
import { canonicalJson } from './encoding/canonicalJson.ts';
import type { Manifest } from './manifest.ts';

/** What a signature of a manifest says that it is, so that no other signature can stand in for it. */
const type = 'authority-manifest+jws';
const algorithms = ['ES256', 'RS256'] as const;
type Algorithm = (typeof algorithms)[number];

const minModulusBits = 2048;

/** A key that cannot sign or verify a manifest: not PEM, not P-256 or RSA, or too weak. */
export class UnusableKeyError extends Error {}

/**
 * A detached signature (RFC 7515 appendix F) over the canonical form of a manifest, so that the file
 * stays what it is and may be indented anew.
 *
 * @param privateKey PEM in PKCS #8: P-256 for ES256, RSA from 2048 bits for RS256
 * @throws UnusableKeyError
 */
export async function signManifest(manifest: Manifest, privateKey: string): Promise<string> {
  const [key, alg] = await importKey((algorithm) => importPKCS8(privateKey, algorithm, { extractable: true }));
  // A thumbprint is taken over the public members alone.
  const kid = await calculateJwkThumbprint(await exportJWK(key));
  const jws = await new CompactSign(bytes(manifest)).setProtectedHeader({ alg, typ: type, kid }).sign(key);
  const [header = '', , signature = ''] = jws.split('.');
  return `${header}..${signature}`;
}

/**
 * Verifies a detached signature against one public key.
 *
 * @param publicKey PEM: SubjectPublicKeyInfo, or an X.509 certificate whose key is taken, no more
 * @returns the RFC 7638 thumbprint of the key, base64url; `undefined` where the signature does not hold
 * @throws UnusableKeyError
 */
export async function verifyManifest(manifest: Manifest, jws: string, publicKey: string): Promise<string | undefined> {
  const isCertificate = publicKey.includes('-----BEGIN CERTIFICATE-----');
  const [key, alg] = await importKey((algorithm) =>
    (isCertificate ? importX509 : importSPKI)(publicKey, algorithm, { extractable: true }),
  );
  const [header, payload, signature, ...rest] = jws.trim().split('.');
  if (header === undefined || payload !== '' || signature === undefined || rest.length > 0) return undefined;
  try {
    const whole = `${header}.${toBase64Url(bytes(manifest))}.${signature}`;
    const { protectedHeader } = await compactVerify(whole, key, { algorithms: [alg] });
    return protectedHeader.typ === type ? await calculateJwkThumbprint(await exportJWK(key)) : undefined;
  } catch {
    return undefined;
  }
}

async function importKey(
  read: (algorithm: Algorithm) => Promise<CryptoKey>,
): Promise<[key: CryptoKey, algorithm: Algorithm]> {
  for (const algorithm of algorithms) {
    const key = await read(algorithm).catch(() => undefined);
    if (!key) continue;
    if ('modulusLength' in key.algorithm && Number(key.algorithm.modulusLength) < minModulusBits) {
      throw new UnusableKeyError(`an RSA key needs ${minModulusBits} bits`);
    }
    return [key, algorithm];
  }
  throw new UnusableKeyError('is neither a P-256 nor an RSA key in PEM');
}

function bytes(manifest: Manifest): Uint8Array {
  return new TextEncoder().encode(canonicalJson(manifest));
}
