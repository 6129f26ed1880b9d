import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../sample/projectFiles.ts';

/** Where the Apex tests find the golden vectors. */
export const resource = 'force-app/main/handoff/staticresources/HandoffVectors.json';

interface ObjectCase {
  readonly name: string;
  readonly kind: string;
}

interface Setting {
  readonly parties: { readonly org: string; readonly bridge: string };
  readonly log: { readonly origin: string };
}

/**
 * The golden vectors as the Apex tests read them: those of the protocol, unchanged, as far as an org meets them, with
 * the keys in the form that Apex takes (DER in base64). The keys sign nothing but vectors.
 */
export function apexVectors(): string {
  const objects = read('protocol/vectors/objects.json') as readonly ObjectCase[];
  const { parties, log } = read('protocol/vectors/setting.json') as Setting;
  const { inclusion, roots } = read('protocol/vectors/log.json') as { inclusion: unknown; roots: unknown };
  const ofBridge = ['accept', 'refuse', 'result'];
  const vectors = {
    parties,
    logOrigin: log.origin,
    keys: { org: keyOf('org'), bridge: keyOf('bridge') },
    objects: objects.filter(({ name, kind }) => ofBridge.includes(kind) || !name.startsWith(`${kind}-`)),
    canonical: read('protocol/vectors/canonical.json'),
    authority: read('protocol/vectors/authority.json'),
    inclusion,
    roots,
  };
  return `${JSON.stringify(vectors, undefined, 2)}\n`;
}

function keyOf(name: string): Record<string, string | number> {
  const certificate = new X509Certificate(text(`scripts/vectors/testOnlyKeys/${name}.cert.pem`));
  return {
    thumbprint: Buffer.from(certificate.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
    publicKey: certificate.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    privateKey: text(`scripts/vectors/testOnlyKeys/${name}.key.pem`).replaceAll(/-----[^-]+-----|\s/g, ''),
    notBefore: Date.parse(certificate.validFrom) / 1000,
    notAfter: Date.parse(certificate.validTo) / 1000,
  };
}

function read(file: string): unknown {
  return JSON.parse(text(file));
}

function text(file: string): string {
  return readFileSync(join(repository, file), 'utf8');
}
