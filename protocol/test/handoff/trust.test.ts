import { X509Certificate, createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { loadTrust, type IssuerConfig } from '@agent-readiness/protocol/handoff';
import { parseCertificate } from '../../src/handoff/certificate.ts';
import { ellipticCertificate, testKeys, weakCertificate } from '../vectors/keys.ts';
import { value } from '../vectors/verifyCase.ts';

const { org, bridge } = testKeys;
const issuer: IssuerConfig = {
  issuer: 'https://org.example.com',
  role: 'org',
  certificates: [org.certificate],
  pins: [`cert:${org.thumbprint}`],
};

describe('parseCertificate', () => {
  it.each([
    ['a certificate', org.certificate],
    ['an end after 2049', weakCertificate],
    ['an elliptic key', ellipticCertificate],
  ])('reads %s as Node does', (_, pem) => {
    const reference = new X509Certificate(pem);
    const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('base64url');
    const publicKey = reference.publicKey.export({ format: 'der', type: 'spki' });
    expect(parseCertificate(pem)).toEqual({
      thumbprint: digest(reference.raw),
      publicKeyPin: digest(publicKey),
      publicKey: new Uint8Array(publicKey),
      notBefore: Date.parse(reference.validFrom) / 1000,
      notAfter: Date.parse(reference.validTo) / 1000,
    });
  });

  it.each([
    ['nothing', ''],
    ['two certificates', org.certificate + bridge.certificate],
    ['a private key', org.privateKey],
    ['text before it', `x${org.certificate}`],
    ['no base64', org.certificate.replace('MII', '***')],
  ])('refuses %s', (_, pem) => {
    expect(parseCertificate(pem)).toBeUndefined();
  });

  it('never throws, wherever the bytes are cut or changed', () => {
    const der = new X509Certificate(org.certificate).raw;
    const toPem = (bytes: Uint8Array): string =>
      `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----`;
    for (let at = 0; at < der.length; at += 1) {
      expect(parseCertificate(toPem(der.subarray(0, at)))).toBeUndefined();
      for (const byte of [0x00, 0x7f, 0x80, 0x84, 0xff]) {
        const changed = Uint8Array.from(der);
        changed[at] = byte;
        expect(() => parseCertificate(toPem(changed))).not.toThrow();
      }
    }
  });
});

describe('loadTrust', () => {
  it('pins by certificate or by public key, several while keys rotate', async () => {
    const trust = value(
      await loadTrust([
        {
          ...issuer,
          certificates: [org.certificate, testKeys.stranger.certificate],
          pins: [...issuer.pins, `spki:${testKeys.stranger.publicKeyPin}`],
        },
        {
          issuer: 'https://bridge.example.com',
          role: 'bridge',
          certificates: [bridge.certificate],
          pins: [`spki:${bridge.publicKeyPin}`],
        },
      ]),
    );
    const owners = [...trust].map(([thumbprint, key]) => [thumbprint, key.issuer, key.role]);
    expect(owners).toEqual([
      [org.thumbprint, 'https://org.example.com', 'org'],
      [testKeys.stranger.thumbprint, 'https://org.example.com', 'org'],
      [bridge.thumbprint, 'https://bridge.example.com', 'bridge'],
    ]);
  });

  it.each<[string, readonly IssuerConfig[], string]>([
    ['no pin', [{ ...issuer, pins: [] }], 'certificate_not_pinned'],
    ['the pin of another', [{ ...issuer, pins: [`cert:${bridge.thumbprint}`] }], 'certificate_not_pinned'],
    ['a pin of the wrong sort', [{ ...issuer, pins: [`spki:${org.thumbprint}`] }], 'certificate_not_pinned'],
    ['1,024 bits', [{ ...issuer, certificates: [weakCertificate] }], 'certificate_weak_key'],
    ['an elliptic key', [{ ...issuer, certificates: [ellipticCertificate] }], 'certificate_malformed'],
    ['no certificate', [{ ...issuer, certificates: ['hello'] }], 'certificate_malformed'],
    [
      'one key on both sides',
      [issuer, { ...issuer, issuer: 'https://bridge.example.com', role: 'bridge' }],
      'certificate_shared',
    ],
  ])('refuses %s', async (_, config, code) => {
    expect(await loadTrust(config)).toMatchObject({ ok: false, code });
  });
});
