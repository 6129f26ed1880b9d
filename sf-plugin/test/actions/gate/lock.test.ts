import { generateKeyPairSync, type KeyPairKeyObjectResult } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { manifestSchema, manifestSha256 } from '@agent-readiness/protocol';
import type { TestProject } from '@agent-readiness/testkit';
import { edit, gate, legacyProject, messages } from './legacyProject.ts';

const closer = 'force-app/main/default/classes/TicketCloser.cls';
const closing = 'force-app/main/default/genAiFunctions/Close_Ticket/Close_Ticket.genAiFunction-meta.xml';

let project: TestProject;
let lock: string;

beforeEach(() => {
  project = legacyProject();
  lock = join(project.root, 'authority.lock.json');
});
afterEach(() => {
  project.dispose();
});

describe('the manifest', () => {
  it('has one entry for each action, sorted, with what it can do and no place', async () => {
    const { written } = await gate(project.root, { writeManifest: true });
    expect(written).toEqual([lock]);
    const text = readFileSync(lock, 'utf8');
    const manifest = manifestSchema.parse(JSON.parse(text));
    expect(
      manifest.actions.map(({ agent, topic, action, effects }) => [
        [agent, topic, action].join('.'),
        effects.map(({ operation, object, gate: front }) => `${operation} ${object} ${front}`).at(0),
      ]),
    ).toEqual([
      ['Help_Desk.Ticket_Management.Close_Ticket', 'update Case confirmed'],
      ['Help_Desk.Ticket_Management.Delete_Ticket', 'delete Attachment none'],
      ['Help_Desk.Ticket_Management.Get_Ticket_Status', undefined],
    ]);
    expect(text.endsWith('}\n')).toBe(true);
    expect(text).not.toContain('.cls');
  });

  it('that is written twice is the same to the byte', async () => {
    await gate(project.root, { writeManifest: true });
    const first = readFileSync(lock, 'utf8');
    await gate(project.root, { writeManifest: true });
    expect(readFileSync(lock, 'utf8')).toBe(first);
  });

  it('is not written where not everything was seen', async () => {
    edit(project.root, closer, 'public', 'public }');
    await expect(gate(project.root, { writeManifest: true })).rejects.toThrow(
      /^No manifest is written: .*TicketCloser/,
    );
  });
});

describe('a project that is held to its manifest', () => {
  beforeEach(async () => {
    await gate(project.root, { writeManifest: true });
  });

  const locked = async (): Promise<string[]> =>
    messages((await gate(project.root, { locked: true })).report, 'exceeds-lock', 'unused-authority');

  it('keeps to it as long as nothing changes', async () => {
    const { report } = await gate(project.root, { locked: true });
    expect(messages(report, 'exceeds-lock', 'unused-authority')).toEqual([]);
    const sha256 = manifestSha256(manifestSchema.parse(JSON.parse(readFileSync(lock, 'utf8'))));
    expect(report.lock).toEqual({ file: 'authority.lock.json', sha256, exceeded: false });
  });

  it('also when the file is formatted anew', async () => {
    writeFileSync(lock, JSON.stringify(JSON.parse(readFileSync(lock, 'utf8'))));
    expect(await locked()).toEqual([]);
  });

  it('exceeds it by an effect, by name', async () => {
    edit(project.root, closer, 'update', "insert new Task(Subject = 'Closed');\n        update");
    expect(await locked()).toEqual([
      'exceeds-lock: Close_Ticket can create Task, which authority.lock.json does not allow.',
    ]);
    expect((await gate(project.root, { locked: true })).report.lock?.exceeded).toBe(true);
  });

  it('exceeds it when a confirmation goes', async () => {
    edit(project.root, closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
    expect(await locked()).toEqual([
      'exceeds-lock: Close_Ticket can update Case, which authority.lock.json does not allow: gate confirmed → none.',
    ]);
  });

  it('leaves authority unused when code goes', async () => {
    edit(project.root, closer, 'update', '// update');
    expect(await locked()).toEqual([
      'unused-authority: authority.lock.json allows Close_Ticket to update Case, which it does not do.',
    ]);
  });

  it('is not excused by a waiver or a severity that the policy may not give', async () => {
    edit(project.root, closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
    const policy = [
      'version: 1',
      'waivers:',
      '  - { rule: exceeds-lock, agent: "*", reason: r, owner: o, approver: a, expires: 2026-07-01 }',
    ];
    writeFileSync(join(project.root, 'readiness.config.yaml'), policy.join('\n'));
    await expect(gate(project.root, { locked: true })).rejects.toThrow(
      'readiness.config.yaml:3:13 "rule" cannot be "exceeds-lock"',
    );
  });

  it.each([
    ['is no JSON', '{', '"authority.lock.json" is no authority manifest'],
    ['names a member twice', '{"schemaVersion":1,"schemaVersion":1,"actions":[]}', 'is no authority manifest'],
    ['is of another version', '{"schemaVersion":2,"actions":[]}', 'is no authority manifest: schemaVersion'],
    ['has something else in it', '{"schemaVersion":1,"actions":[],"also":1}', 'is no authority manifest'],
  ])('is refused where the manifest %s', async (_, text, message) => {
    writeFileSync(lock, text);
    await expect(gate(project.root, { locked: true })).rejects.toThrow(message);
  });

  it('is refused where there is no manifest', async () => {
    await expect(gate(project.root, { locked: true, manifest: join(project.root, 'none.json') })).rejects.toThrow(
      'There is no authority manifest at "none.json".',
    );
  });
});

describe('a signed manifest', () => {
  /** Files with both keys of a pair. */
  function keys(
    name: string,
    { publicKey, privateKey }: KeyPairKeyObjectResult,
  ): { signWith: string; verifyWith: string } {
    const [signWith, verifyWith] = [join(project.root, `${name}.key.pem`), join(project.root, `${name}.pem`)];
    writeFileSync(signWith, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    writeFileSync(verifyWith, publicKey.export({ type: 'spki', format: 'pem' }));
    return { signWith, verifyWith };
  }

  const elliptic = (): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it.each([
    ['ES256', elliptic],
    ['RS256', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('with %s verifies, and names its key', async (_, pair) => {
    const { signWith, verifyWith } = keys('review', pair());
    const { written } = await gate(project.root, { writeManifest: true, signWith });
    expect(written).toEqual([lock, `${lock}.jws`]);
    expect(readFileSync(`${lock}.jws`, 'utf8')).toMatch(/^[\w-]+\.\.[\w-]+\n$/);
    writeFileSync(lock, JSON.stringify(JSON.parse(readFileSync(lock, 'utf8'))));
    const { report } = await gate(project.root, { locked: true, verifyWith });
    expect(report.lock?.signedBy).toMatch(/^[\w-]{43}$/);
  });

  it('does not verify once it was changed, with another key, or without its signature', async () => {
    const { signWith, verifyWith } = keys('review', elliptic());
    const other = keys('other', elliptic());
    await gate(project.root, { writeManifest: true, signWith });
    await expect(gate(project.root, { locked: true, verifyWith: other.verifyWith })).rejects.toThrow(
      'The signature of "authority.lock.json" does not hold for the key',
    );
    edit(project.root, 'authority.lock.json', '"gate": "confirmed"', '"gate": "none"');
    await expect(gate(project.root, { locked: true, verifyWith })).rejects.toThrow('does not hold');
    await expect(
      gate(project.root, { locked: true, verifyWith, manifest: join(project.root, 'sfdx-project.json') }),
    ).rejects.toThrow('is no authority manifest');
    await gate(project.root, { writeManifest: true });
    writeFileSync(`${lock}.jws`, '');
    await expect(gate(project.root, { locked: true, verifyWith })).rejects.toThrow('does not hold');
  });

  it('is not made with a key that is too weak, of another kind, or none', async () => {
    const weak = keys('weak', generateKeyPairSync('rsa', { modulusLength: 1024 }));
    const edwards = keys('edwards', generateKeyPairSync('ed25519'));
    const sign = (signWith: string) => gate(project.root, { writeManifest: true, signWith });
    await expect(sign(weak.signWith)).rejects.toThrow('an RSA key needs 2048 bits');
    await expect(sign(edwards.signWith)).rejects.toThrow('is neither a P-256 nor an RSA key in PEM');
    await expect(sign(edwards.verifyWith)).rejects.toThrow('is neither a P-256 nor an RSA key in PEM');
    await expect(sign(join(project.root, 'none'))).rejects.toThrow('There is no key at');
  });
});
