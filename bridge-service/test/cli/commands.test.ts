import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { loadSigner } from '@agent-readiness/protocol/handoff';
import { receiveOffer } from '../../src/app/custody/receiveOffer.ts';
import { runHandoff } from '../../src/app/run/runHandoff.ts';
import { commands } from '../../src/cli/commands/index.ts';
import { withBridge } from '../../src/cli/openBridge.ts';
import { runCli } from '../../src/cli/runCli.ts';
import { readSettings } from '../../src/cli/settings.ts';
import { drain } from '../support/handOff.ts';
import { ids, manifest, newOffer } from '../support/offers.ts';
import { valueOf } from '../support/parties.ts';

// Each command opens an embedded store of its own.
jest.setTimeout(300_000);

const org = 'https://development.example.com/00D000000000001AAA';
const verifier = fileURLToPath(new URL('../../../scripts/vectors/verifyExport.py', import.meta.url));
const canCrossCheck = [
  ['python3', '--version'],
  ['openssl', 'version'],
].every(([command = '', flag = '']) => spawnSync(command, [flag]).status === 0);

let folder = '';
let txn = '';
const environmentOf = (data: string) => ({
  BRIDGE_DATA: join(folder, data),
  BRIDGE_MANIFEST: join(folder, 'authority.lock.json'),
});

/** A command on a store, as a script calls it. */
async function bridge(data: string, ...args: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  let out = '';
  const streams = { out: (text: string) => (out += text), err: () => undefined };
  const code = await runCli(commands, [...args, '--json'], environmentOf(data), streams);
  return { code, ...(JSON.parse(out) as Readonly<Record<string, unknown>>) };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bridge-commands-'));
  writeFileSync(join(folder, 'authority.lock.json'), JSON.stringify(manifest));
  const { config } = await readSettings({
    environment: environmentOf('first'),
    say: () => undefined,
    tell: () => undefined,
  });
  const read = (name: string): string => readFileSync(join(folder, 'first/development-keys', name), 'utf8');
  const files = { privateKey: read('org.key.pem'), certificate: read('org.cert.pem') };
  const signer = valueOf(await loadSigner({ issuer: org, role: 'org', ...files }));
  const claims = { iss: org, aud: 'https://localhost' };
  const { offer, message } = await newOffer({ nowMs: Date.now(), task: 'case-summary', claims, signer });
  txn = offer.claims.txn;
  await withBridge(config, async (service) => {
    await receiveOffer(service, message);
    await runHandoff(service, { org, txn }, { drain });
  });
  // What a person at night has at hand elsewhere: the same keys, and no store.
  cpSync(join(folder, 'first/development-keys'), join(folder, 'second/development-keys'), { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

it('the log is exported, and verified twice: here, and by another program in another language', async () => {
  const file = join(folder, 'export.ndjson');
  const { code, key } = await bridge('first', 'audit', 'export', file);
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(code).toBe(0);
  const verified = { code: 0, ok: true, entries: lines.length - 1 };
  expect(await bridge('first', 'audit', 'verify', file, '--key', String(key))).toEqual(verified);

  const forged = join(folder, 'forged.ndjson');
  writeFileSync(forged, lines.map((line, at) => (at === 1 ? line.replace('"bridge"', '"nobody"') : line)).join('\n'));
  expect(await bridge('first', 'audit', 'verify', forged, '--key', String(key))).toMatchObject({ code: 1, ok: false });
  if (!canCrossCheck) return;
  const python = (path: string) => ['-B', verifier, path, String(key)];
  expect(execFileSync('python3', python(file), { encoding: 'utf8' })).toBe(`verified: ${lines.length - 1} entries\n`);
  expect(spawnSync('python3', python(forged), { encoding: 'utf8' })).toMatchObject({
    status: 1,
    stderr: 'NOT VERIFIED: the entries are not those of the checkpoint\n',
  });
});

it('a run is replayed, its store moves by a backup, and what is erased is gone', async () => {
  const identical = {
    code: 0,
    ok: true,
    txn,
    sameOutput: true,
    sameEffects: true,
    questions: [{ question: 1, same: true }],
  };
  expect(await bridge('first', 'replay', txn)).toEqual(identical);

  const file = join(folder, 'bridge.backup');
  const saved = await bridge('first', 'backup', file);
  expect(saved).toMatchObject({ code: 0, ok: true, file });
  const restored = { code: 0, ok: true, entries: saved['entries'], ended: 0, unreadable: 0 };
  expect(await bridge('second', 'restore', '--from', file, '--by', 'duty')).toEqual(restored);
  expect(await bridge('second', 'replay', txn)).toEqual(identical);

  expect(await bridge('second', 'erase', org, ids.requester, '--by', 'duty')).toEqual({
    code: 0,
    ok: true,
    destroyed: 1,
  });
  expect(await bridge('second', 'replay', txn)).toEqual({ code: 1, ok: false, txn });
});

it('the doctor names what keeps this bridge from being relied on', async () => {
  const { code, found } = await bridge('second', 'doctor');
  const diagnoses = found as readonly { readonly what: string; readonly ok: boolean; readonly advice: string }[];
  expect(code).toBe(1);
  expect(diagnoses.flatMap(({ what, ok }) => (ok ? [] : [what]))).toEqual([
    'store kind',
    'kill switch',
    'keys',
    'login to development.example.com',
    'model',
  ]);
  expect(diagnoses.every(({ ok, advice }) => ok === (advice === ''))).toBe(true);
});
