import { generateKeyPairSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createProject,
  createSfCli,
  startFakeOrg,
  type FakeOrg,
  type SfCli,
  type TestProject,
} from '../../src/index.ts';

/** A command of the real CLI takes seconds, and several on a machine that others use. */
const commandMs = 60_000;

const metadata = (type: string, content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="http://soap.sforce.com/2006/04/metadata">${content}</${type}>\n`;

const source = 'force-app/main/default';
const files = {
  [`${source}/classes/Hello.cls`]: 'public class Hello {}\n',
  [`${source}/classes/Hello.cls-meta.xml`]: metadata(
    'ApexClass',
    '<apiVersion>67.0</apiVersion><status>Active</status>',
  ),
  [`${source}/objects/Ticket__c/Ticket__c.object-meta.xml`]: metadata(
    'CustomObject',
    '<deploymentStatus>Deployed</deploymentStatus><label>Ticket</label><nameField><label>Number</label><type>AutoNumber</type></nameField><pluralLabel>Tickets</pluralLabel><sharingModel>Private</sharingModel>',
  ),
  [`${source}/objects/Ticket__c/fields/Key__c.field-meta.xml`]: metadata(
    'CustomField',
    '<fullName>Key__c</fullName><externalId>true</externalId><label>Key</label><length>40</length><type>Text</type><unique>true</unique>',
  ),
  [`${source}/permissionsets/Clerk.permissionset-meta.xml`]: metadata(
    'PermissionSet',
    '<hasActivationRequired>false</hasActivationRequired><label>Clerk</label><objectPermissions><allowCreate>true</allowCreate><allowDelete>false</allowDelete><allowEdit>true</allowEdit><allowRead>true</allowRead><modifyAllRecords>false</modifyAllRecords><object>Ticket__c</object><viewAllRecords>false</viewAllRecords></objectPermissions>',
  ),
};

let org: FakeOrg;
let sf: SfCli;
let project: TestProject;

/** Runs `sf … --json` and returns what it prints. */
async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Record<string, unknown>> {
  const { stdout, stderr } = await sf.run([...args, '--json'], project.root, env);
  if (!stdout) throw new Error(`sf ${args.join(' ')} printed nothing: ${stderr}`);
  return JSON.parse(stdout) as Record<string, unknown>;
}

beforeAll(async () => {
  org = await startFakeOrg({ now: () => new Date() });
  sf = createSfCli();
  project = createProject(files);
  const env = { SF_ACCESS_TOKEN: org.sessions.open(org.users.administrator.id) };
  const login = [
    'org',
    'login',
    'access-token',
    '--instance-url',
    org.url,
    '--no-prompt',
    '--alias',
    'fake',
    '--set-default',
  ];
  expect(await run(login, env)).toMatchObject({
    status: 0,
    result: { username: 'admin@example.com', orgId: org.id, instanceApiVersion: '68.0', name: 'Fake Org' },
  });
}, commandMs);

afterAll(async () => {
  await org.close();
  sf.dispose();
  project.dispose();
});

describe('the real sf CLI', () => {
  it(
    'shows the org',
    async () => {
      expect(await run(['org', 'display'])).toMatchObject({
        status: 0,
        result: { id: org.id, apiVersion: '68.0', connectedStatus: 'Connected', alias: 'fake' },
      });
    },
    commandMs,
  );

  it(
    'logs in with a JWT',
    async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
      const keyFile = join(project.root, 'key.pem');
      writeFileSync(keyFile, privateKey.export({ type: 'pkcs1', format: 'pem' }));
      org.users.add({ username: 'ci@example.com', grants: { system: ['ApiEnabled'] } });
      const certificate = publicKey.export({ type: 'spki', format: 'pem' }).toString();
      org.clients.add({ clientId: 'ci', certificate, preauthorized: ['ci@example.com'] });
      const user = ['--username', 'ci@example.com', '--jwt-key-file', keyFile, '--client-id', 'ci'];
      expect(await run(['org', 'login', 'jwt', ...user, '--instance-url', org.url])).toMatchObject({
        status: 0,
        result: { username: 'ci@example.com', orgId: org.id },
      });
    },
    commandMs,
  );

  it(
    'creates, changes, finds and deletes a record',
    async () => {
      const created = await run([
        'data',
        'create',
        'record',
        '-s',
        'Account',
        '-v',
        "Name='Acme Ltd' NumberOfEmployees=5",
      ]);
      expect(created).toMatchObject({ status: 0, result: { success: true } });
      const { id } = created['result'] as { id: string };
      expect(await run(['data', 'update', 'record', '-s', 'Account', '-i', id, '-v', 'Phone=12'])).toMatchObject({
        status: 0,
      });
      const query = `SELECT Name, Phone, NumberOfEmployees, Owner.Name FROM Account WHERE Id = '${id}'`;
      expect(await run(['data', 'query', '-q', query])).toMatchObject({
        status: 0,
        result: {
          totalSize: 1,
          done: true,
          records: [{ Name: 'Acme Ltd', Phone: '12', NumberOfEmployees: 5, Owner: { Name: 'Administrator' } }],
        },
      });
      expect(await run(['data', 'delete', 'record', '-s', 'Account', '-i', id])).toMatchObject({ status: 0 });
      expect(org.table('Account').all).toEqual([]);
    },
    4 * commandMs,
  );

  it(
    'prints parents and children',
    async () => {
      const account = org.table('Account').insert({ Name: 'Globex' });
      org.table('Contact').insert({ LastName: 'Ada', AccountId: account });
      const query = 'SELECT Name, Owner.Name, (SELECT LastName FROM Contacts) FROM Account';
      const { exitCode, stdout } = await sf.run(['data', 'query', '-q', query, '-r', 'csv'], project.root);
      expect({ exitCode, lines: stdout.trim().split('\n') }).toEqual({
        exitCode: 0,
        lines: ['Name,Owner.Name,Contacts.totalSize,Contacts.records.0.LastName', 'Globex,Administrator,1,Ada'],
      });
    },
    commandMs,
  );

  it(
    'is told what is wrong with a query and a record',
    async () => {
      expect(await run(['data', 'query', '-q', 'SELECT Id FORM Account'])).toMatchObject({
        status: 1,
        name: 'MALFORMED_QUERY',
        message:
          "\nSELECT Id FORM Account\n          ^\nERROR at Row:1:Column:11\nunexpected token: 'FORM' (expecting 'FROM')",
      });
      expect(await run(['data', 'create', 'record', '-s', 'Account', '-v', 'Phone=1'])).toMatchObject({
        status: 1,
        name: 'REQUIRED_FIELD_MISSING',
      });
    },
    2 * commandMs,
  );

  it(
    'validates a deployment, and leaves the org as it was',
    async () => {
      expect(await run(['project', 'deploy', 'start', '--dry-run', '--source-dir', 'force-app'])).toMatchObject({
        status: 0,
        result: { status: 'Succeeded', checkOnly: true, numberComponentsDeployed: 4, numberComponentErrors: 0 },
      });
      expect(org.schema.find('Ticket__c')).toBeUndefined();
    },
    commandMs,
  );

  it(
    'deploys over REST; the object and the permission set are there',
    async () => {
      const env = { SF_ORG_METADATA_REST_DEPLOY: 'true' };
      expect(await run(['project', 'deploy', 'start', '--source-dir', 'force-app'], env)).toMatchObject({
        status: 0,
        result: { status: 'Succeeded', checkOnly: false, numberComponentsDeployed: 4 },
      });
      expect(org.schema.get('Ticket__c')).toMatchObject({ sharing: 'Private', keyPrefix: 'a00' });
      expect(await run(['org', 'assign', 'permset', '--name', 'Clerk'])).toMatchObject({
        status: 0,
        result: { successes: [{ name: 'admin@example.com', value: 'Clerk' }], failures: [] },
      });
      const upsert = [
        'api',
        'request',
        'rest',
        '/services/data/v68.0/sobjects/Ticket__c/Key__c/k1',
        '--method',
        'PATCH',
        '--body',
        '{}',
      ];
      const { exitCode, stdout } = await sf.run(upsert, project.root);
      expect({ exitCode, body: JSON.parse(stdout) as unknown }).toMatchObject({ exitCode: 0, body: { created: true } });
      expect(org.table('Ticket__c').all).toMatchObject([{ Key__c: 'k1' }]);
    },
    4 * commandMs,
  );

  it(
    'retrieves what was deployed',
    async () => {
      const file = join(project.root, source, 'classes', 'Hello.cls');
      writeFileSync(file, 'public class Hello { Integer changed; }\n');
      expect(await run(['project', 'retrieve', 'start', '--metadata', 'ApexClass:Hello'])).toMatchObject({ status: 0 });
      expect(readFileSync(file, 'utf8')).toBe('public class Hello {}\n');
      expect(await run(['org', 'list', 'metadata', '--metadata-type', 'ApexClass'])).toMatchObject({
        status: 0,
        result: [{ fullName: 'Hello', type: 'ApexClass' }],
      });
    },
    2 * commandMs,
  );

  it(
    'is told what is wrong with a package',
    async () => {
      writeFileSync(
        join(project.root, source, 'permissionsets', 'Clerk.permissionset-meta.xml'),
        '<PermissionSet><label></PermissionSet>',
      );
      const { status, result } = await run([
        'project',
        'deploy',
        'start',
        '--dry-run',
        '--metadata',
        'PermissionSet:Clerk',
      ]);
      expect({ status, result }).toMatchObject({
        status: 1,
        result: {
          status: 'Failed',
          details: {
            componentFailures: [{ fullName: 'Clerk', problem: 'Error parsing file: it is not well-formed XML' }],
          },
        },
      });
    },
    commandMs,
  );

  it(
    'upserts from a file',
    async () => {
      org.table('Ticket__c').insert({ Key__c: 'k2' });
      const file = join(project.root, 'tickets.csv');
      writeFileSync(file, 'Key__c\nk2\nk3\n');
      const upsert = ['data', 'upsert', 'bulk', '--sobject', 'Ticket__c', '--external-id', 'Key__c', '--file', file];
      expect(await run([...upsert, '--line-ending', 'LF', '--wait', '1'])).toMatchObject({
        status: 0,
        result: { jobInfo: { state: 'JobComplete', numberRecordsProcessed: 2, numberRecordsFailed: 0 } },
      });
      expect(org.table('Ticket__c').all.map(({ Key__c }) => Key__c)).toEqual(['k1', 'k2', 'k3']);
    },
    commandMs,
  );

  it(
    'lists limits and record counts',
    async () => {
      const { result } = await run(['org', 'list', 'limits']);
      expect(result).toContainEqual({ name: 'DailyApiRequests', max: 15_000, remaining: expect.any(Number) });
      expect(await run(['org', 'list', 'sobject', 'record-counts', '--sobject', 'Ticket__c'])).toMatchObject({
        status: 0,
        result: [{ name: 'Ticket__c', count: 3 }],
      });
    },
    2 * commandMs,
  );

  it(
    'is refused Apex',
    async () => {
      writeFileSync(join(project.root, 'run.apex'), 'System.debug(1);');
      expect(await run(['apex', 'run', '--file', 'run.apex'])).toMatchObject({
        status: 1,
        message: expect.stringContaining('FUNCTIONALITY_NOT_ENABLED: This is a fake org: it runs no Apex'),
      });
    },
    commandMs,
  );
});
