import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, toBase64Url, type Bytes } from '../encoding/bytes.ts';

/** What the protocol needs of an X.509 certificate (RFC 5280 section 4.1). */
export interface Certificate {
  /** SHA-256 of the DER form, base64url: the `x5t#S256` of RFC 7515 section 4.1.8. */
  readonly thumbprint: string;
  /** SHA-256 of the SubjectPublicKeyInfo, base64url: survives a renewal that keeps the key. */
  readonly publicKeyPin: string;
  /** The SubjectPublicKeyInfo in DER. */
  readonly publicKey: Bytes;
  /** Seconds since the epoch, both inclusive. */
  readonly notBefore: number;
  readonly notAfter: number;
}

/** Reads one certificate in PEM (RFC 7468). Undefined for anything else, also for two certificates. */
export function parseCertificate(pem: string): Certificate | undefined {
  const [, body = ''] =
    /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/.exec(pem) ?? [];
  const der = fromBase64(body.replace(/\s/g, ''));
  if (der === undefined) return undefined;
  const outer = children(der, 0, der.length);
  const [certificate] = outer ?? [];
  if (outer?.length !== 1 || certificate === undefined) return undefined;
  const [tbs] = children(der, certificate.content, certificate.end) ?? [];
  if (tbs === undefined) return undefined;
  const fields = children(der, tbs.content, tbs.end) ?? [];
  // version [0] is optional: serial, signature, issuer, validity, subject, public key follow it.
  const skip = fields[0]?.tag === explicitVersion ? 1 : 0;
  const validity = fields[skip + 3];
  const key = fields[skip + 5];
  if (validity === undefined || key?.tag !== sequence) return undefined;
  const [from, to] = children(der, validity.content, validity.end) ?? [];
  const notBefore = from && parseTime(der, from);
  const notAfter = to && parseTime(der, to);
  if (notBefore === undefined || notAfter === undefined) return undefined;
  const publicKey = der.slice(key.start, key.end);
  return {
    thumbprint: toBase64Url(sha256(der)),
    publicKeyPin: toBase64Url(sha256(publicKey)),
    publicKey,
    notBefore,
    notAfter,
  };
}

const explicitVersion = 0xa0;
const sequence = 0x30;
const utcTime = 0x17;
const generalizedTime = 0x18;

/** A DER value: where it starts, where its content starts, and where both end. */
interface Value {
  readonly tag: number;
  readonly start: number;
  readonly content: number;
  readonly end: number;
}

/** The values in a range of DER, or undefined where they do not fill it exactly. */
function children(der: Uint8Array, from: number, to: number): Value[] | undefined {
  const values: Value[] = [];
  let start = from;
  while (start < to) {
    const tag = der[start] ?? 0;
    const first = der[start + 1] ?? 0xff;
    // Beyond 127, the low bits count the bytes of the length; four are more than a certificate has.
    const lengthBytes = first < 0x80 ? 0 : first - 0x80;
    if (lengthBytes > 4 || first === 0x80) return undefined;
    const content = start + 2 + lengthBytes;
    const length = der.slice(start + 2, content).reduce((sum, byte) => sum * 256 + byte, 0);
    const end = content + (lengthBytes === 0 ? first : length);
    if (end > to) return undefined;
    values.push({ tag, start, content, end });
    start = end;
  }
  return values;
}

/** UTCTime and GeneralizedTime as RFC 5280 section 4.1.2.5 restricts them: whole seconds, Zulu. */
function parseTime(der: Uint8Array, { tag, content, end }: Value): number | undefined {
  const text = String.fromCharCode(...der.slice(content, end));
  const digits = tag === utcTime ? 2 : 4;
  if ((tag !== utcTime && tag !== generalizedTime) || !/^\d+Z$/.test(text) || text.length !== digits + 11) {
    return undefined;
  }
  const written = Number(text.slice(0, digits));
  // Two-digit years from 50 belong to the twentieth century.
  const year = tag === utcTime ? written + (written < 50 ? 2000 : 1900) : written;
  const [month = 0, day = 0, hour = 0, minute = 0, second = 0] = [0, 2, 4, 6, 8].map((at) =>
    Number(text.slice(digits + at, digits + at + 2)),
  );
  return Date.UTC(year, month - 1, day, hour, minute, second) / 1000;
}
