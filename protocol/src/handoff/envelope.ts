import { CompactSign, compactVerify, importPKCS8, type CryptoKey } from 'jose';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { fromBase64Url, fromUtf8, sha256Hex } from '../encoding/bytes.ts';
import { parseStrictJson } from '../encoding/strictJson.ts';
import { parseCertificate } from './certificate.ts';
import { checkClaims } from './checkClaims.ts';
import { checkLink } from './chain.ts';
import { kinds, type ClaimsOf, type Kind, type Role, type Verified } from './kinds.ts';
import { accepted, refused, type Outcome, type Refusal } from './outcome.ts';
import type { PinnedKey, Trust } from './trust.ts';

const maxCompactLength = 131_072;

/** Who signs: `issuer` becomes `iss`, `thumbprint` the `x5t#S256` header. */
export interface Signer {
  readonly issuer: string;
  readonly role: Role;
  readonly thumbprint: string;
  readonly key: CryptoKey;
}

/** What a verifier knows. `self` is its own party name, `now` in seconds, the skew 30 s by default. */
export interface VerifyContext {
  readonly self: string;
  readonly trust: Trust;
  readonly now: number;
  readonly skewSeconds?: number;
}

/**
 * A signer from a PKCS #8 private key and its certificate, both PEM. Only the bridge signs with this:
 * the org's key never leaves the org. Refuses with `certificate_malformed`.
 */
export async function loadSigner(config: {
  readonly issuer: string;
  readonly role: Role;
  readonly privateKey: string;
  readonly certificate: string;
}): Promise<Outcome<Signer>> {
  const certificate = parseCertificate(config.certificate);
  const key = await importPKCS8(config.privateKey, 'RS256').catch(() => undefined);
  if (certificate === undefined || key === undefined) return refused('certificate_malformed', config.issuer);
  return accepted({ issuer: config.issuer, role: config.role, thumbprint: certificate.thumbprint, key });
}

/**
 * Signs one object as a compact JWS (RFC 7515 section 7.1) with RS256 (RFC 7518 section 3.3), after
 * checking that a verifier would take it: shape, owner, life time, and its link to `previous`. The
 * rules of each kind have their own functions (`checkOffer` and so on): call them first. The caller
 * supplies every claim, so times and ids come from its clock and its random source.
 */
export async function createObject<K extends Kind>(
  kind: K,
  claims: ClaimsOf<K>,
  signer: Signer,
  previous?: Verified,
): Promise<Outcome<Verified<K>>> {
  const { typ, from } = kinds[kind];
  if (signer.role !== from) return refused('issuer_role', kind);
  const checked = checkClaims(kind, claims);
  if (!checked.ok) return checked;
  if (checked.value.iss !== signer.issuer) return refused('issuer_mismatch', 'iss');
  const broken = checkLink(kind, checked.value, previous);
  if (broken !== undefined) return broken;
  const compact = await new CompactSign(utf8ToBytes(JSON.stringify(checked.value)))
    .setProtectedHeader({ alg: 'RS256', typ, 'x5t#S256': signer.thumbprint })
    .sign(signer.key);
  return seal(kind, checked.value, compact, previous);
}

/**
 * Verifies one object of the kind that is expected here: compact form, header, key of a pinned
 * issuer, signature, claims, parties, times, and its link to the verified object before it. What a
 * kind demands beyond that (payload, manifest, plan, proof) is checked by `verifyOffer` and so on.
 * Refuses with a code of `refusalCodes`; never throws for bad input.
 */
export async function verifyObject<K extends Kind>(
  kind: K,
  compact: string,
  context: VerifyContext,
  previous?: Verified,
): Promise<Outcome<Verified<K>>> {
  if (compact.length > maxCompactLength) return refused('envelope_too_large', 'envelope');
  const parts = compact.split('.');
  const [header, body, signature] = parts.map(fromBase64Url);
  if (parts.length !== 3 || header === undefined || body === undefined || signature === undefined) {
    return refused('envelope_malformed', 'three base64url parts');
  }
  const signedBy = readHeader(kind, header, context.trust);
  if (!signedBy.ok) return signedBy;
  const { key, issuer, role, notBefore, notAfter } = signedBy.value;
  if (context.now < notBefore || context.now > notAfter) return refused('key_expired', 'x5t#S256');
  const isGenuine = await compactVerify(compact, key, { algorithms: ['RS256'] }).then(
    () => true,
    () => false,
  );
  if (!isGenuine) return refused('signature_invalid', 'signature');

  const claims = parseObject(body);
  if (claims === undefined) return refused('envelope_malformed', 'claims');
  const checked = checkClaims(kind, claims);
  if (!checked.ok) return checked;
  if (checked.value.iss !== issuer) return refused('issuer_mismatch', 'iss');
  if (role !== kinds[kind].from) return refused('issuer_role', 'iss');
  if (checked.value.aud !== context.self) return refused('audience_wrong', 'aud');
  const untimely = checkTimes(checked.value, context.now, context.skewSeconds ?? 30);
  if (untimely !== undefined) return untimely;
  const broken = checkLink(kind, checked.value, previous);
  if (broken !== undefined) return broken;
  return seal(kind, checked.value, compact, previous);
}

/** Only these three members: `jwk`, `jku`, `x5c` and `crit` would let a sender choose how it is judged. */
function readHeader(kind: Kind, bytes: Uint8Array, trust: Trust): Outcome<PinnedKey> {
  const header = parseObject(bytes);
  if (header === undefined) return refused('envelope_malformed', 'header');
  const { alg, typ, 'x5t#S256': thumbprint, ...others } = header;
  if (alg !== 'RS256') return refused('alg_forbidden', 'alg');
  if (typ !== kinds[kind].typ) return refused('typ_wrong', 'typ');
  if (typeof thumbprint !== 'string' || Object.keys(others).length > 0) return refused('header_invalid', 'header');
  const key = trust.get(thumbprint);
  return key === undefined ? refused('issuer_unknown', 'x5t#S256') : accepted(key);
}

/** RFC 7519 sections 4.1.4 to 4.1.6; `exp` is the first second at which the object is dead. */
function checkTimes(
  { iat, nbf, exp }: { iat: number; nbf: number; exp: number },
  now: number,
  skewSeconds: number,
): Refusal | undefined {
  if (iat > now + skewSeconds) return refused('issued_in_future', 'iat');
  if (nbf > now + skewSeconds) return refused('not_yet_valid', 'nbf');
  if (now >= exp + skewSeconds) return refused('expired', 'exp');
  return undefined;
}

function parseObject(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  const text = fromUtf8(bytes);
  const value = text === undefined ? undefined : parseStrictJson(text);
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function seal<K extends Kind>(
  kind: K,
  claims: ClaimsOf<K>,
  compact: string,
  previous: Verified | undefined,
): Outcome<Verified<K>> {
  return accepted({ kind, claims, compact, sha256: sha256Hex(compact), previous });
}
