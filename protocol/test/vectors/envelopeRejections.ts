import { testKeys } from './keys.ts';
import type { Rejection } from './rejection.ts';
import { start } from './scenario.ts';

const split = (compact: string): [string, string, string] => {
  const [header = '', claims = '', signature = ''] = compact.split('.');
  return [header, claims, signature];
};
const base64url = (text: string): string => Buffer.from(text).toString('base64url');

/** What any of the six objects must be refused for; shown once each. */
export const envelopeRejections: readonly Rejection[] = [
  {
    of: 'offer',
    name: 'tampered-claims',
    expect: 'signature_invalid',
    mangle: (compact) => {
      const [header, claims, signature] = split(compact);
      const text = Buffer.from(claims, 'base64url').toString().replace('250000', '950000');
      return `${header}.${base64url(text)}.${signature}`;
    },
  },
  {
    of: 'offer',
    name: 'tampered-signature',
    expect: 'signature_invalid',
    mangle: (compact) =>
      compact.replace(/\.(.)([^.]*)$/, (_, first: string, rest: string) => `.${first === 'A' ? 'B' : 'A'}${rest}`),
  },
  {
    of: 'offer',
    name: 'signature-of-another-spelling',
    expect: 'envelope_malformed',
    // The last character carries four unused bits: lenient decoders ignore them.
    mangle: (compact) => compact.slice(0, -1) + String.fromCharCode(compact.charCodeAt(compact.length - 1) + 1),
  },
  {
    of: 'offer',
    name: 'padded-base64',
    expect: 'envelope_malformed',
    mangle: (compact) => `${compact}==`,
  },
  {
    of: 'offer',
    name: 'no-signature-part',
    expect: 'envelope_malformed',
    mangle: (compact) => split(compact).slice(0, 2).join('.'),
  },
  { of: 'offer', name: 'empty', expect: 'envelope_malformed', mangle: () => '' },
  {
    of: 'offer',
    name: 'alg-none',
    expect: 'alg_forbidden',
    header: { alg: 'none' },
    mangle: (compact) => `${split(compact).slice(0, 2).join('.')}.`,
  },
  { of: 'offer', name: 'alg-hs256', expect: 'alg_forbidden', header: { alg: 'HS256' } },
  { of: 'offer', name: 'alg-ps256', expect: 'alg_forbidden', header: { alg: 'PS256' } },
  { of: 'offer', name: 'typ-of-another-kind', expect: 'typ_wrong', header: { typ: 'handoff-close+jwt' } },
  { of: 'offer', name: 'typ-jwt', expect: 'typ_wrong', header: { typ: 'JWT' } },
  {
    of: 'offer',
    name: 'header-with-jwk',
    expect: 'header_invalid',
    header: { jwk: { kty: 'RSA', n: 'AQAB', e: 'AQAB' } },
  },
  { of: 'offer', name: 'header-with-crit', expect: 'header_invalid', header: { crit: ['exp'] } },
  { of: 'offer', name: 'unknown-issuer', expect: 'issuer_unknown', key: testKeys.stranger },
  {
    of: 'offer',
    name: 'stranger-under-pinned-thumbprint',
    expect: 'signature_invalid',
    key: testKeys.stranger,
    header: { 'x5t#S256': testKeys.org.thumbprint },
  },
  { of: 'offer', name: 'signed-by-the-bridge', expect: 'issuer_mismatch', key: testKeys.bridge },
  {
    of: 'offer',
    name: 'issued-by-the-bridge',
    expect: 'issuer_role',
    key: testKeys.bridge,
    claims: { iss: 'https://bridge.example.com' },
  },
  {
    of: 'offer',
    name: 'certificate-expired',
    expect: 'key_expired',
    claims: { iat: 2_500_000_000, nbf: 2_500_000_000, exp: 2_500_000_120 },
    case: { now: 2_500_000_002 },
  },
  {
    of: 'offer',
    name: 'duplicate-claim',
    expect: 'envelope_malformed',
    text: (valid) => valid.replace('{', '{"sub":"x",'),
  },
  {
    of: 'offer',
    name: 'lone-surrogate',
    expect: 'envelope_malformed',
    text: (valid) => valid.replace('"Order_Desk"', '"Order_Desk\\ud800"'),
  },
  {
    of: 'offer',
    name: 'surrogates-the-wrong-way-round',
    expect: 'envelope_malformed',
    text: (valid) => valid.replace('"Order_Desk"', '"\\udc00\\ud800"'),
  },
  {
    of: 'offer',
    name: 'lone-surrogate-in-a-name',
    expect: 'envelope_malformed',
    text: (valid) => valid.replace('{', '{"\\udfff":1,'),
  },
  { of: 'offer', name: 'claims-not-json', expect: 'envelope_malformed', text: (valid) => valid.slice(1) },
  { of: 'offer', name: 'claims-a-list', expect: 'envelope_malformed', text: (valid) => `[${valid}]` },
  { of: 'offer', name: 'unknown-claim', expect: 'claim_unknown', claims: { scope: 'everything' } },
  {
    of: 'offer',
    name: 'other-audience',
    expect: 'audience_wrong',
    claims: { aud: 'https://other-bridge.example.com' },
  },
  { of: 'offer', name: 'audience-list', expect: 'claim_invalid', claims: { aud: ['https://bridge.example.com'] } },
  { of: 'offer', name: 'expired', expect: 'expired', case: { now: start + 150 } },
  { of: 'offer', name: 'expired-within-skew', expect: 'ok', case: { now: start + 149 } },
  { of: 'offer', name: 'issued-in-future', expect: 'issued_in_future', case: { now: start - 31 } },
  { of: 'offer', name: 'issued-in-future-within-skew', expect: 'ok', case: { now: start - 30 } },
  {
    of: 'offer',
    name: 'not-yet-valid',
    expect: 'not_yet_valid',
    claims: { nbf: start + 60 },
    case: { now: start + 29 },
  },
  { of: 'offer', name: 'lives-too-long', expect: 'lifetime_too_long', claims: { exp: start + 121 } },
  { of: 'offer', name: 'expires-before-valid', expect: 'claim_invalid', claims: { exp: start } },
  { of: 'offer', name: 'fractional-time', expect: 'claim_invalid', claims: { iat: start + 0.5 } },
];
