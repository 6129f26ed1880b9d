import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { loadSigner } from '@agent-readiness/protocol/handoff';
import {
  createProject,
  createSfCli,
  runNode,
  startFakeOrg,
  type FakeOrg,
  type SfCli,
  type TestProject,
} from '@agent-readiness/testkit';
import { parse } from 'yaml';
import { sha256Hex } from '../../bridge-service/src/domain/sha256.ts';
import type { Answer } from '../../bridge-service/src/domain/answer.ts';
import { startBridge, type BridgeProcess } from '../../bridge-service/test/process/bridgeProcess.ts';
import { manifest, newOffer } from '../../bridge-service/test/support/offers.ts';
import {
  logSeed,
  logVerifierKey,
  orgSigner,
  otherLogVerifierKey,
  valueOf,
} from '../../bridge-service/test/support/parties.ts';

// Each run asks the real sf CLI ten times or so.
jest.setTimeout(1_800_000);

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const key = (name: string): string => readFileSync(file(`scripts/vectors/testOnlyKeys/${name}.pem`), 'utf8');

const agentSet = 'Handoff_Agent';
const userId = (username: string): string => org.users.find(username)?.id ?? '';
const inProject = (path: string): string => join(project.root, path);

let org: FakeOrg;
let sf: SfCli;
let project: TestProject;
let environment: NodeJS.ProcessEnv;
let bridge: BridgeProcess | undefined;

beforeAll(async () => {
  org = await startFakeOrg({ now: () => new Date() });
  for (const username of ['agent@example.com', 'bridge@example.com']) org.users.add({ username });
  sf = createSfCli();
  project = createProject({
    sf: `#!/bin/sh\nexec "${process.execPath}" "${sf.script}" "$@"\n`,
    'verify.mjs': `import { readFileSync } from 'node:fs';
const { verifyHandoff } = await import(process.argv[2]);
for (const story of JSON.parse(readFileSync(process.argv[3], 'utf8'))) {
  console.log(await verifyHandoff(story).then(() => 'verified', ({ message }) => message));
}
`,
    'authority.lock.json': JSON.stringify(manifest),
    'readiness.config.yaml': 'rules: {}\n',
    'bridge.yaml': `# Settings that were here before.
party: https://bridge.example.com
owner: { person: Bridge duty officer, queue: bridge-duty } # on duty
log: { origin: bridge.example.com/log }
`,
  });
  chmodSync(inProject('sf'), 0o755);
  environment = { ...sf.environment, PATH: `${project.root}:${process.env['PATH'] ?? ''}` };
  const login = ['org', 'login', 'access-token', '--instance-url', org.url, '--no-prompt', '--alias', 'pair', '--json'];
  const { exitCode } = await sf.run(login, project.root, {
    SF_ACCESS_TOKEN: org.sessions.open(org.users.administrator.id),
  });
  expect(exitCode).toBe(0);
});
afterAll(async () => {
  await bridge?.kill();
  await org.close();
  sf.dispose();
  project.dispose();
});

/** What the command says: of each line the state and the first words, without its number. */
async function connect(...more: readonly string[]) {
  const options = {
    org: 'pair',
    bridge: 'https://bridge.example.com',
    'bridge-certificate': file('scripts/vectors/testOnlyKeys/bridge.cert.pem'),
    'log-key': logVerifierKey,
    'agent-user': 'agent@example.com',
    'integration-user': 'bridge@example.com',
    manifest: inProject('authority.lock.json'),
    policy: inProject('readiness.config.yaml'),
    settings: inProject('bridge.yaml'),
    out: inProject('connection'),
  };
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const script = file('scripts/tasks/connect-org.mjs');
  const { exitCode, stdout, stderr } = await runNode(script, [...args, ...more], {
    cwd: project.root,
    env: environment,
  });
  const steps = stdout
    .split('\n')
    .flatMap((line) => /^ *\d+\. (.*)$/.exec(line)?.[1] ?? [])
    .map((line) => line.replace(/ +/g, ' ').split(' ').slice(0, 4).join(' '));
  return { exitCode, steps, stdout, stderr };
}

/** Puts the certificate into the org, as an administrator does in Setup. */
async function createCertificate(): Promise<void> {
  const meta =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Certificate xmlns="http://soap.sforce.com/2006/04/metadata"><caSigned>false</caSigned><keySize>2048</keySize><masterLabel>Handoff Signing</masterLabel><privateKeyExportable>false</privateKeyExportable></Certificate>\n';
  const setup = createProject({
    'force-app/certs/Handoff_Signing.crt': key('org.cert'),
    'force-app/certs/Handoff_Signing.crt-meta.xml': meta,
  });
  const args = ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', 'pair', '--json'];
  const { exitCode, stdout } = await sf.run(args, setup.root);
  setup.dispose();
  if (exitCode !== 0) throw new Error(stdout);
}

/** The Apex of the kit, played: it signs an offer as the action does, and writes down what comes back. */
async function playApex(address: () => string): Promise<void> {
  const iss = `https://${new URL(org.url).host}/${org.id}`;
  const signer = valueOf(
    await loadSigner({ issuer: iss, role: 'org', privateKey: key('org.key'), certificate: key('org.cert') }),
  );
  const handoffs: object[] = [];
  org.actions.on('HandOffToBridge', async ([input]) => {
    const record = org.table('Case').get(String(input?.['recordId']));
    const { Id: id, Subject: subject, Description: description } = record ?? {};
    const payload = JSON.stringify({ case: { id, subject, description, comments: [input?.['purpose']] } });
    const { offer, message } = await newOffer({
      nowMs: Date.now(),
      task: 'case-summary',
      payload,
      claims: { iss },
      signer,
    });
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${address()}/v1/handoffs`, {
      method: 'POST',
      headers,
      body: JSON.stringify(message),
    });
    const answer = (await response.json()) as Answer;
    const objects = [
      { kind: 'offer', envelope: offer.compact },
      { kind: 'accept', envelope: answer.accept },
      { kind: 'result', envelope: answer.result },
    ];
    handoffs.push({ name: 'HO-000001', txn: answer.txn, status: 'executed', objects });
    return [{ handoffId: answer.txn, status: 'executed', result: answer.payload, needsPerson: false }];
  });
  org.apexRest.on('GET', '/handoff/v1/export', ({ query }) => ({
    status: 200,
    body: { org: iss, handoffs: query.get('after') === 'HO-000001' ? [] : handoffs },
  }));
  org.apexRest.on('POST', '/handoff/v1/results', () => ({ status: 200, body: {} }));
}

interface PairSettings {
  readonly orgs: readonly { readonly login: { readonly clientId: string } }[];
  readonly tokens: readonly unknown[];
}

const readSettings = (): PairSettings => parse(readFileSync(inProject('bridge.yaml'), 'utf8')) as PairSettings;

it('says what it would do, and stops at what a person has to do', async () => {
  const before = org.changes.length;
  expect(await connect('--dry-run')).toMatchObject({
    exitCode: 0,
    steps: [
      'found org https://127.0.0.1:' + new URL(org.url).port + '/' + org.id + ', as',
      'TO DO in Setup,',
      expect.stringMatching(/^would deploy \d+ components,$/),
      'would permission set Handoff_Agent',
      'would permission set Handoff_Integration',
      'would permission set Handoff_Administrator',
      'would make a key',
      'would write the settings',
      'would hand off a',
    ],
    stderr: '',
  });
  expect(await connect()).toMatchObject({
    exitCode: 1,
    steps: [expect.stringMatching(/^found org/), 'TO DO in Setup,'],
    stderr: '',
  });
  expect([org.changes.length - before, org.schema.find('Handoff_Effect__c')]).toEqual([0, undefined]);
});

it('makes the pair, leaves what is there, and ends with a handoff that both sides have signed', async () => {
  await createCertificate();
  // As an earlier run that was broken off has left it.
  const assignment = {
    AssigneeId: userId('agent@example.com'),
    PermissionSetId: org.users.addPermissionSet(agentSet, {}),
  };
  org.table('PermissionSetAssignment').insert(assignment);
  expect(await connect('--bridge-url', 'http://127.0.0.1:1')).toMatchObject({
    exitCode: 1,
    steps: [
      expect.stringMatching(/^found org/),
      'found the signing certificate',
      expect.stringMatching(/^done deploy \d+ components,$/),
      'found permission set Handoff_Agent',
      'done permission set Handoff_Integration',
      'done permission set Handoff_Administrator',
      'done key pair for',
      'done deploy 4 components',
      'done the token with',
      'done the settings of',
      'TO DO start the',
    ],
    stderr: '',
  });
  expect(org.schema.find('Handoff_Effect__c')).toBeDefined();
  expect(statSync(inProject('connection/org-login.key.pem')).mode & 0o777).toBe(0o600);
  const party = `https://${new URL(org.url).host}/${org.id}`;
  const token = org.credentials.get('Handoff_Bridge Org')?.['Token'] ?? '';
  const clientId = readSettings().orgs[0]?.login.clientId ?? '';
  expect(clientId).toMatch(/^3MVG9/);
  expect(readFileSync(inProject('bridge.yaml'), 'utf8')).toContain('# Settings that were here before.');
  expect(readSettings()).toEqual({
    party: 'https://bridge.example.com',
    owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
    log: { origin: 'bridge.example.com/log' },
    orgs: [
      {
        party,
        certificates: [inProject('connection/org.cert.pem')],
        pins: [`cert:${orgSigner.thumbprint}`],
        login: { url: org.url, clientId, username: 'bridge@example.com' },
      },
    ],
    integrationUsers: [userId('bridge@example.com')],
    tokens: [{ name: '127.0.0.1', role: 'org', sha256: sha256Hex(token), org: party }],
  });

  const certificate = readFileSync(inProject('connection/org-login.cert.pem'), 'utf8');
  org.clients.add({ clientId, certificate, preauthorized: ['bridge@example.com'] });
  bridge = await startBridge({
    BRIDGE_CONFIG: inProject('bridge.yaml'),
    BRIDGE_DATA: inProject('data'),
    BRIDGE_MANIFEST: inProject('authority.lock.json'),
    BRIDGE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    BRIDGE_LOG_SEED: Buffer.from(logSeed).toString('base64'),
    BRIDGE_SIGNING_KEY: key('bridge.key'),
    BRIDGE_SIGNING_CERTIFICATE: key('bridge.cert'),
    BRIDGE_ORG_LOGIN_KEY: readFileSync(inProject('connection/org-login.key.pem'), 'utf8'),
  });
  const { url } = bridge;
  await playApex(() => url);
  const before = readFileSync(inProject('bridge.yaml'), 'utf8');
  const { exitCode, steps, stdout, stderr } = await connect('--bridge-url', url);
  expect([exitCode, stderr]).toEqual([0, '']);
  expect(steps.slice(3)).toEqual([
    'found permission set Handoff_Agent',
    'found permission set Handoff_Integration',
    'found permission set Handoff_Administrator',
    'found key pair for',
    'found the client app',
    'found the token with',
    'found the settings of',
    'found the bridge at',
    'done hand off a',
    'done verify what both',
  ]);
  expect(stdout).toMatch(/disposition +executed, cost 0\.000000 US dollars/);
  expect(stdout).toMatch(/signatures +offer → accept → result: each follows the one before/);
  expect(stdout).toMatch(/log +entry \d+ is in the tree of \d+ entries, root \S{44} \(bridge\.example\.com\/log\)/);
  expect(readFileSync(inProject('bridge.yaml'), 'utf8')).toBe(before);
  expect(org.table('Case').all).toHaveLength(1);
});

it('believes no receipt that does not hold', async () => {
  const told = JSON.parse(readFileSync(inProject('connection/first-handoff.json'), 'utf8')) as {
    readonly payload: string;
    readonly objects: readonly { readonly kind: string }[];
  };
  const story = {
    ...told,
    org: `https://${new URL(org.url).host}/${org.id}`,
    orgPem: key('org.cert'),
    bridge: 'https://bridge.example.com',
    bridgePem: key('bridge.cert'),
    logKey: logVerifierKey,
  };
  const stories = [
    story,
    { ...story, payload: told.payload.replace('offline', 'anthropic') },
    { ...story, logKey: otherLogVerifierKey },
    { ...story, bridgePem: key('stranger.cert') },
    { ...story, org: 'https://other.example.com/00D000000000001AAA' },
    { ...story, objects: told.objects.filter(({ kind }) => kind !== 'accept') },
  ];
  writeFileSync(inProject('stories.json'), JSON.stringify(stories));
  const script = pathToFileURL(file('scripts/connectOrg/roundTrip.mjs')).href;
  const { stdout } = await runNode(inProject('verify.mjs'), [script, inProject('stories.json')], {
    cwd: project.root,
    env: environment,
  });
  expect(stdout.trimEnd().split('\n')).toEqual([
    'verified',
    expect.stringMatching(/^the result does not verify: payload_mismatch, /),
    expect.stringMatching(/^the result does not verify: note_unsigned, /),
    'the accept does not verify: issuer_unknown, x5t#S256',
    'the offer does not verify: issuer_mismatch, iss',
    'the org holds no accept',
  ]);
});

it('names what it was not told', async () => {
  const { exitCode, stderr } = await runNode(file('scripts/tasks/connect-org.mjs'), ['--org', 'pair'], {
    cwd: project.root,
    env: environment,
  });
  expect([exitCode, stderr.trim()]).toEqual([
    1,
    'stopped: still needed: --bridge, --bridge-certificate, --log-key, --agent-user, --integration-user, --manifest, --policy',
  ]);
});
