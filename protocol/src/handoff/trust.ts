import { importSPKI, type CryptoKey } from 'jose';
import { toBase64 } from '../encoding/bytes.ts';
import { parseCertificate } from './certificate.ts';
import type { Role } from './kinds.ts';
import { accepted, refused, type Outcome } from './outcome.ts';

/**
 * One party and the certificates it may sign with. A pin is `cert:` and the SHA-256 of the
 * certificate, or `spki:` and that of its public key, both base64url: it is kept apart from the
 * certificates (in reviewed configuration), so that a swapped file is noticed.
 */
export interface IssuerConfig {
  readonly issuer: string;
  readonly role: Role;
  /** PEM, one certificate each; several while keys rotate. */
  readonly certificates: readonly string[];
  readonly pins: readonly string[];
}

export interface PinnedKey {
  readonly issuer: string;
  readonly role: Role;
  readonly key: CryptoKey;
  /** Seconds since the epoch, both inclusive. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Pinned keys by the thumbprint of their certificate. There are no certificate authorities. */
export type Trust = ReadonlyMap<string, PinnedKey>;

const minModulusBits = 2048;

/**
 * Builds the trust of a verifier. Refuses with `certificate_malformed`, `certificate_weak_key`,
 * `certificate_not_pinned`, or `certificate_shared`: a key of both sides could answer itself.
 */
export async function loadTrust(issuers: readonly IssuerConfig[]): Promise<Outcome<Trust>> {
  const trust = new Map<string, PinnedKey>();
  const issuerOfKey = new Map<string, string>();
  for (const { issuer, role, certificates, pins } of issuers) {
    for (const pem of certificates) {
      const certificate = parseCertificate(pem);
      const key = certificate && (await importRsaKey(certificate.publicKey));
      if (certificate === undefined || key === undefined) return refused('certificate_malformed', issuer);
      if (modulusBits(key) < minModulusBits) return refused('certificate_weak_key', issuer);
      const { thumbprint, publicKeyPin, notBefore, notAfter } = certificate;
      if (!pins.includes(`cert:${thumbprint}`) && !pins.includes(`spki:${publicKeyPin}`)) {
        return refused('certificate_not_pinned', issuer);
      }
      if ((issuerOfKey.get(publicKeyPin) ?? issuer) !== issuer) return refused('certificate_shared', issuer);
      issuerOfKey.set(publicKeyPin, issuer);
      trust.set(thumbprint, { issuer, role, key, notBefore, notAfter });
    }
  }
  return accepted(trust);
}

async function importRsaKey(publicKey: Uint8Array): Promise<CryptoKey | undefined> {
  const pem = `-----BEGIN PUBLIC KEY-----\n${toBase64(publicKey)}\n-----END PUBLIC KEY-----`;
  return importSPKI(pem, 'RS256').catch(() => undefined);
}

function modulusBits({ algorithm }: CryptoKey): number {
  return 'modulusLength' in algorithm && typeof algorithm.modulusLength === 'number' ? algorithm.modulusLength : 0;
}
