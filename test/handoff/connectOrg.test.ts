import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
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
import { orgSigner } from '../../bridge-service/test/support/parties.ts';

// Each run asks the real sf CLI eight times or so.
jest.setTimeout(300_000);

const file = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const orgPem = readFileSync(file('scripts/vectors/testOnlyKeys/org.cert.pem'), 'utf8');

const agentSet = 'Handoff_Agent';
const userId = (username: string): string => org.users.find(username)?.id ?? '';

let org: FakeOrg;
let sf: SfCli;
let project: TestProject;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  org = await startFakeOrg({ now: () => new Date() });
  for (const username of ['agent@example.com', 'bridge@example.com']) org.users.add({ username });
  sf = createSfCli();
  project = createProject({ sf: `#!/bin/sh\nexec "${process.execPath}" "${sf.script}" "$@"\n` });
  chmodSync(join(project.root, 'sf'), 0o755);
  environment = { ...sf.environment, PATH: `${project.root}:${process.env['PATH'] ?? ''}` };
  const login = ['org', 'login', 'access-token', '--instance-url', org.url, '--no-prompt', '--alias', 'pair', '--json'];
  const { exitCode } = await sf.run(login, project.root, {
    SF_ACCESS_TOKEN: org.sessions.open(org.users.administrator.id),
  });
  expect(exitCode).toBe(0);
});
afterAll(async () => {
  await org.close();
  sf.dispose();
  project.dispose();
});

/** What the command says, each line without its number. */
async function connect(...more: readonly string[]) {
  const args = ['--org', 'pair', '--bridge', 'https://bridge.example.com', '--client-id', 'bridge-app'];
  const users = ['--agent-user', 'agent@example.com', '--integration-user', 'bridge@example.com'];
  const pem = ['--bridge-certificate', file('scripts/vectors/testOnlyKeys/bridge.cert.pem')];
  const script = file('scripts/tasks/connect-org.mjs');
  const out = ['--out', join(project.root, 'connection')];
  const { exitCode, stdout, stderr } = await runNode(script, [...args, ...users, ...pem, ...out, ...more], {
    cwd: project.root,
    env: environment,
  });
  const lines = stdout.split('\n').flatMap((line) => /^ *\d+\. (\S+( DO)?) +(\S+)/.exec(line)?.slice(1, 4) ?? []);
  const steps = Array.from(
    { length: lines.length / 3 },
    (_, at) => `${lines[at * 3] ?? ''} ${lines[at * 3 + 2] ?? ''}`,
  );
  return { exitCode, steps, stderr };
}

/** Puts the certificate into the org, as an administrator does in Setup. */
async function createCertificate(): Promise<void> {
  const meta =
    '<?xml version="1.0" encoding="UTF-8"?>\n<Certificate xmlns="http://soap.sforce.com/2006/04/metadata"><caSigned>false</caSigned><keySize>2048</keySize><masterLabel>Handoff Signing</masterLabel><privateKeyExportable>false</privateKeyExportable></Certificate>\n';
  const setup = createProject({
    'force-app/certs/Handoff_Signing.crt': orgPem,
    'force-app/certs/Handoff_Signing.crt-meta.xml': meta,
  });
  const args = ['project', 'deploy', 'start', '--source-dir', 'force-app', '--target-org', 'pair', '--json'];
  const { exitCode, stdout } = await sf.run(args, setup.root);
  setup.dispose();
  if (exitCode !== 0) throw new Error(stdout);
}

it('says what it would do, stops at what a person has to do, and leaves what is there', async () => {
  const before = org.changes.length;
  expect(await connect('--dry-run')).toEqual({
    exitCode: 0,
    steps: [
      'found org',
      'TO DO in',
      'would deploy',
      'would permission',
      'would permission',
      'would write',
      'TO DO start',
    ],
    stderr: '',
  });
  expect(await connect()).toEqual({ exitCode: 1, steps: ['found org', 'TO DO in'], stderr: '' });
  expect([org.changes.length - before, org.schema.find('Handoff_Effect__c')]).toEqual([0, undefined]);

  await createCertificate();
  // As an earlier run that was broken off has left it.
  const assignment = {
    AssigneeId: userId('agent@example.com'),
    PermissionSetId: org.users.addPermissionSet(agentSet, {}),
  };
  org.table('PermissionSetAssignment').insert(assignment);
  expect(await connect()).toEqual({
    exitCode: 0,
    steps: [
      'found org',
      'found the',
      'done deploy',
      'found permission',
      'done permission',
      'done write',
      'TO DO start',
    ],
    stderr: '',
  });
  expect(org.schema.find('Handoff_Effect__c')).toBeDefined();
  const holders = org.table('PermissionSetAssignment').all.map(({ AssigneeId }) => AssigneeId);
  expect(holders).toEqual([userId('agent@example.com'), userId('bridge@example.com')]);
  const settings: unknown = parse(readFileSync(join(project.root, 'connection/bridge.yaml'), 'utf8'));
  expect(settings).toEqual({
    orgs: [
      {
        party: `https://${new URL(org.url).host}/${org.id}`,
        certificates: [join(project.root, 'connection/org.cert.pem')],
        pins: [`cert:${orgSigner.thumbprint}`],
        login: { url: org.url, clientId: 'bridge-app', username: 'bridge@example.com' },
      },
    ],
    integrationUsers: [userId('bridge@example.com')],
  });
});

it('names what it was not told', async () => {
  const { exitCode, stderr } = await runNode(file('scripts/tasks/connect-org.mjs'), ['--org', 'pair'], {
    cwd: project.root,
    env: environment,
  });
  expect([exitCode, stderr.trim()]).toEqual([
    1,
    'stopped: still needed: --bridge, --bridge-certificate, --agent-user, --integration-user, --client-id',
  ]);
});
