import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Connection } from '@jsforce/jsforce-node';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { createProject, startFakeOrg, type FakeOrg } from '../../src/index.ts';
import { noon } from './exampleOrg.ts';
import { RestClient } from './restClient.ts';

let org: FakeOrg;
let connection: Connection;

beforeAll(async () => {
  org = await startFakeOrg({ now: () => noon });
  const accessToken = org.sessions.open(org.users.administrator.id);
  connection = new Connection({ instanceUrl: org.url, accessToken, version: '68.0', logLevel: 'NONE' });
});

afterAll(async () => {
  await org.close();
});

const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';

function manifest(types: Readonly<Record<string, readonly string[]>>): string {
  const named = Object.entries(types).map(
    ([name, members]) =>
      `<types>${members.map((member) => `<members>${member}</members>`).join('')}<name>${name}</name></types>`,
  );
  return `<Package ${namespace}>${named.join('')}<version>68.0</version></Package>`;
}

function archive(files: Readonly<Record<string, string>>): Buffer {
  return Buffer.from(zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))));
}

interface Deployed {
  readonly status: string;
  readonly problems: readonly string[];
}

async function deploy(zip: Buffer, checkOnly = false): Promise<Deployed> {
  const { id } = (await connection.metadata.deploy(zip, { checkOnly })) as { id: string };
  const { status, details } = await connection.metadata.checkDeployStatus(id, true);
  const problems = details.componentFailures.map(({ fileName, problem }) => `${fileName}: ${problem ?? ''}`);
  return { status, problems };
}

const ticket = `<CustomObject ${namespace}>
  <fields><fullName>Key__c</fullName><externalId>true</externalId><length>40</length><type>Text</type><unique>true</unique></fields>
  <fields><fullName>Level__c</fullName><type>Picklist</type><valueSet><restricted>true</restricted><valueSetDefinition>
    <value><fullName>Low</fullName><default>true</default></value><value><fullName>High</fullName><default>false</default></value>
  </valueSetDefinition></valueSet></fields>
  <fields><fullName>Double__c</fullName><formula>2 * 2</formula><type>Number</type></fields>
  <fields><fullName>Account__c</fullName><referenceTo>Account</referenceTo><relationshipName>Tickets</relationshipName><type>Lookup</type></fields>
  <label>Ticket</label><sharingModel>Private</sharingModel>
</CustomObject>`;
const clerk = `<PermissionSet ${namespace}>
  <fieldPermissions><editable>false</editable><field>Ticket__c.Level__c</field><readable>true</readable></fieldPermissions>
  <label>Clerk</label>
  <objectPermissions><allowCreate>true</allowCreate><allowRead>true</allowRead><object>Ticket__c</object></objectPermissions>
  <userPermissions><enabled>true</enabled><name>ApiEnabled</name></userPermissions>
</PermissionSet>`;

const files = {
  'package.xml': manifest({ CustomObject: ['Ticket__c'], CustomField: ['Ticket__c.Key__c'], PermissionSet: ['Clerk'] }),
  'objects/Ticket__c.object': ticket,
  'permissionsets/Clerk.permissionset': clerk,
};

describe('a deployment', () => {
  it('only checks, then makes objects and permission sets that work', async () => {
    expect(await deploy(archive(files), true)).toEqual({ status: 'Succeeded', problems: [] });
    expect(org.schema.find('Ticket__c')).toBeUndefined();
    expect(await deploy(archive(files))).toEqual({ status: 'Succeeded', problems: [] });
    expect(await deploy(archive(files))).toEqual({ status: 'Succeeded', problems: [] });
    expect(org.table('PermissionSet').all).toHaveLength(1);

    const { id } = org.users.add({ username: 'clerk@example.com' });
    const [set] = org.table('PermissionSet').all;
    org.table('PermissionSetAssignment').insert({ AssigneeId: id, PermissionSetId: set?.['Id'] });
    const client = new RestClient(org, id);
    expect(await client.call('POST', '/sobjects/Ticket__c', { Level__c: 'High' })).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD_FOR_INSERT_UPDATE' }],
    });
    expect(await client.call('POST', '/sobjects/Ticket__c', {})).toMatchObject({ status: 201 });
    expect(await client.query('SELECT Level__c FROM Ticket__c')).toMatchObject({
      body: { records: [{ Level__c: 'Low' }] },
    });
    expect(await client.query('SELECT Key__c FROM Ticket__c')).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    const admin = new RestClient(org, org.users.administrator.id);
    expect(await admin.call('PATCH', '/sobjects/Ticket__c/Key__c/a', { Level__c: 'Middle' })).toMatchObject({
      body: [{ errorCode: 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST' }],
    });
    expect(await admin.query('SELECT Name, (SELECT Id FROM Tickets__r) FROM Account')).toMatchObject({ status: 200 });
  });

  const oneClass = {
    'classes/A.cls': 'class A {}',
    'classes/A.cls-meta.xml': `<ApexClass ${namespace}/>`,
  };

  it.each<[string, Buffer, readonly string[]]>([
    ['no archive', Buffer.from('x'), ['package.xml: invalid zip data']],
    ['no manifest', archive(oneClass), ['package.xml: No package.xml found']],
    [
      'a member without a file',
      archive({ 'package.xml': manifest({ ApexClass: ['A', 'B'] }), ...oneClass }),
      ["package.xml: An object 'B' of type ApexClass was named in package.xml, but was not found in zipped directory"],
    ],
    [
      'a part that its file does not hold',
      archive({
        ...files,
        'package.xml': manifest({ CustomField: ['Ticket__c.Nothing__c'], PermissionSet: ['Clerk'] }),
      }),
      [
        "package.xml: An object 'Ticket__c.Nothing__c' of type CustomField was named in package.xml, but was not found in zipped directory",
      ],
    ],
    [
      'a file without a member',
      archive({ 'package.xml': manifest({}), ...oneClass }),
      ['classes/A.cls: Not in package.xml', 'classes/A.cls-meta.xml: Not in package.xml'],
    ],
    [
      'a type that there is not',
      archive({ 'package.xml': manifest({ ApexClas: ['A'] }) }),
      ["package.xml: Unknown type name 'ApexClas' specified in package.xml (this fake org does not know it)"],
    ],
    [
      'XML that is not well-formed',
      archive({
        'package.xml': manifest({ PermissionSet: ['Clerk'] }),
        'permissionsets/Clerk.permissionset': '<PermissionSet>',
      }),
      ['permissionsets/Clerk.permissionset: Error parsing file: it is not well-formed XML'],
    ],
  ])('is refused: %s', async (_, zip, problems) => {
    const changes = org.changes.length;
    expect(await deploy(zip)).toEqual({ status: 'Failed', problems });
    expect(org.changes).toHaveLength(changes);
  });

  it('needs the permission to change metadata', async () => {
    const { id } = org.users.add({ username: 'nobody@example.com', grants: { system: ['ApiEnabled'] } });
    const own = new Connection({
      instanceUrl: org.url,
      accessToken: org.sessions.open(id),
      version: '68.0',
      logLevel: 'NONE',
    });
    await expect(own.metadata.deploy(archive(files), {}).check()).rejects.toThrow('INSUFFICIENT_ACCESS');
    await expect(own.metadata.deployRest(archive(files), {}).check()).rejects.toThrow('ModifyMetadata');
    const expired = new Connection({ instanceUrl: org.url, accessToken: 'x', version: '68.0', logLevel: 'NONE' });
    await expect(expired.metadata.describe()).rejects.toThrow('INVALID_SESSION_ID');
  });
});

it('gives back what was deployed, and says what is not there', async () => {
  await deploy(archive(files));
  const types = [
    { name: 'CustomObject', members: ['Ticket__c'] },
    { name: 'ApexClass', members: ['*', 'Nothing'] },
  ];
  const request = { apiVersion: '68.0', unpackaged: { types, version: '68.0' } };
  const { id } = (await connection.metadata.retrieve(request as never)) as { id: string };
  const { zipFile, messages } = await connection.metadata.checkRetrieveStatus(id);
  const retrieved = unzipSync(Buffer.from(zipFile, 'base64'));
  expect(Object.keys(retrieved)).toEqual(['unpackaged/objects/Ticket__c.object', 'unpackaged/package.xml']);
  expect(Buffer.from(retrieved['unpackaged/objects/Ticket__c.object'] ?? []).toString()).toBe(ticket);
  expect(messages).toMatchObject([{ problem: "Entity of type 'ApexClass' named 'Nothing' cannot be found" }]);
});

describe('an org that starts with a project', () => {
  it('has the objects and permission sets of this repository', async () => {
    const source = fileURLToPath(new URL('../../../force-app', import.meta.url));
    const own = await startFakeOrg({ now: () => noon, sources: [source] });
    const names = readdirSync(join(source, 'main', 'handoff', 'objects'));
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !own.schema.find(name))).toEqual([]);
    await own.close();
  });

  it('adds fields to standard objects', async () => {
    const field = `<CustomField ${namespace}><fullName>Tier__c</fullName><length>5</length><type>Text</type></CustomField>`;
    const project = createProject({
      'force-app/objects/Account/fields/Tier__c.field-meta.xml': field,
      'force-app/permissionsets/Clerk.permissionset-meta.xml': clerk,
    });
    const own = await startFakeOrg({ now: () => noon, sources: [`${project.root}/force-app`] });
    expect(() => own.table('Account').insert({ Name: 'x', Tier__c: 'longer' })).toThrow('data value too large');
    expect(own.table('PermissionSet').all).toMatchObject([{ Name: 'Clerk' }]);
    await own.close();
    project.dispose();
  });
});
