import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createNoteSigner, formatVerifierKey, parseVerifierKey } from '@agent-readiness/protocol/log';
import { loadSigner, loadTrust, type Outcome, type Role } from '@agent-readiness/protocol/handoff';

/** Both sides of a handoff, with the keys of the golden vectors; a stranger whom nobody has pinned. */
export const orgParty = 'https://example.my.salesforce.com/00D5g000004ABCDEA4';
export const otherOrgParty = 'https://other.my.salesforce.com/00D5g000004ABCDEA4';
export const bridgeParty = 'https://bridge.example.com';
export const logOrigin = 'bridge.example.com/log';

const folder = new URL('../../../scripts/vectors/testOnlyKeys/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

export function valueOf<T>(outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${outcome.code}: ${outcome.detail}`);
}

async function signerOf(name: string, issuer: string, role: Role) {
  const files = { privateKey: read(`${name}.key.pem`), certificate: read(`${name}.cert.pem`) };
  return valueOf(await loadSigner({ issuer, role, ...files }));
}

export const orgSigner = await signerOf('org', orgParty, 'org');
export const bridgeSigner = await signerOf('bridge', bridgeParty, 'bridge');
export const strangerSigner = await signerOf('stranger', orgParty, 'org');

const issuers = [
  { issuer: orgParty, role: 'org', name: 'org', thumbprint: orgSigner.thumbprint },
  { issuer: bridgeParty, role: 'bridge', name: 'bridge', thumbprint: bridgeSigner.thumbprint },
] as const;

/** What either side pins. */
export const trust = valueOf(
  await loadTrust(
    issuers.map(({ issuer, role, name, thumbprint }) => ({
      issuer,
      role,
      certificates: [read(`${name}.cert.pem`)],
      pins: [`cert:${thumbprint}`],
    })),
  ),
);

/** An Ed25519 pair; the seed is a digest, so that there is nothing to keep. */
function logKey(sentence: string) {
  const seed = createHash('sha256').update(sentence).digest();
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return { seed: new Uint8Array(seed), publicKey: new Uint8Array(spki.subarray(-32)) };
}

const log = logKey('TEST ONLY log of the bridge');
export const logSeed = log.seed;
export const logSigner = await createNoteSigner(logOrigin, log.seed, log.publicKey);
export const logVerifierKey = formatVerifierKey(logOrigin, log.publicKey);
export const otherLogVerifierKey = formatVerifierKey(logOrigin, logKey('TEST ONLY another log').publicKey);
export const logTrust = { origin: logOrigin, keys: [valueOf(await parseVerifierKey(logVerifierKey))] };
