import { createHash, X509Certificate } from 'node:crypto';

/**
 * What either side pins of a certificate.
 *
 * @param {string} pem
 */
export function readCertificate(pem) {
  const certificate = new X509Certificate(pem);
  return {
    /** base64url SHA-256 of the certificate: `x5t#S256`. */
    thumbprint: createHash('sha256').update(certificate.raw).digest('base64url'),
    /** base64 of the SubjectPublicKeyInfo in DER. */
    publicKey: certificate.publicKey.export({ format: 'der', type: 'spki' }).toString('base64'),
    notBefore: certificate.validFromDate.toISOString(),
    notAfter: certificate.validToDate.toISOString(),
  };
}
