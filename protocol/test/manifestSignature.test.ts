import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CompactSign, importPKCS8 } from 'jose';
import { canonicalJson, type Manifest } from '../src/index.ts';
import { signManifest, verifyManifest } from '../src/manifestSignature.ts';

const keys = join(import.meta.dirname, '..', '..', 'scripts', 'vectors', 'testOnlyKeys');
const pem = (name: string): string => readFileSync(join(keys, name), 'utf8');

const manifest: Manifest = {
  schemaVersion: 1,
  actions: [{ agent: 'Order_Care', topic: '', action: 'triage', effects: [] }],
};

/** A signature by the same key that says something else in its header. */
async function signed(header: { alg: string; typ?: string }, payload = canonicalJson(manifest)): Promise<string> {
  const key = await importPKCS8(pem('org.key.pem'), header.alg);
  const jws = await new CompactSign(new TextEncoder().encode(payload)).setProtectedHeader(header).sign(key);
  const [head = '', , signature = ''] = jws.split('.');
  return `${head}..${signature}`;
}

describe('the signature of a manifest', () => {
  it('names the key by its thumbprint, for a certificate too', async () => {
    const jws = await signManifest(manifest, pem('org.key.pem'));
    const signer = await verifyManifest(manifest, jws, pem('org.cert.pem'));
    expect(signer).toMatch(/^[\w-]{43}$/);
    const [header = ''] = jws.split('.');
    expect(JSON.parse(atob(header))).toEqual({ alg: 'RS256', typ: 'authority-manifest+jws', kid: signer });
  });

  it('is the same for the same manifest, however its members are ordered', async () => {
    const reordered = {
      actions: manifest.actions.map((action) => Object.fromEntries(Object.entries(action).reverse())),
      schemaVersion: 1,
    };
    const jws = await signManifest(manifest, pem('org.key.pem'));
    expect(await signManifest(reordered as unknown as Manifest, pem('org.key.pem'))).toBe(jws);
  });

  it.each<[string, () => Promise<string>]>([
    ['is about something else', async () => signed({ alg: 'RS256', typ: 'custody-offer+jws' })],
    ['does not say what it is about', async () => signed({ alg: 'RS256' })],
    ['is of another algorithm', async () => signed({ alg: 'PS256', typ: 'authority-manifest+jws' })],
    ['is over another manifest', async () => signed({ alg: 'RS256', typ: 'authority-manifest+jws' }, '{}')],
    [
      'carries a payload of its own',
      async () => (await signManifest(manifest, pem('org.key.pem'))).replace('..', '.e30.'),
    ],
    ['has a part too many', async () => `${await signManifest(manifest, pem('org.key.pem'))}.x`],
    ['has no signature', async () => (await signManifest(manifest, pem('org.key.pem'))).replace(/\.\..*/, '..')],
    [
      'is by nobody',
      () => Promise.resolve(`${btoa('{"alg":"none","typ":"authority-manifest+jws"}').replaceAll('=', '')}..`),
    ],
    ['is empty', () => Promise.resolve('')],
    ['is by another key', async () => signManifest(manifest, pem('stranger.key.pem'))],
  ])('does not hold where it %s', async (_, make) => {
    expect(await verifyManifest(manifest, await make(), pem('org.cert.pem'))).toBeUndefined();
  });
});
