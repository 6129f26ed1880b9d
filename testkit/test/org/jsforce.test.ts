import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Connection } from '@jsforce/jsforce-node';
import { strToU8, zipSync } from 'fflate';
import type { FakeOrg } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';

let org: FakeOrg;
let connection: Connection;

beforeAll(async () => {
  org = await startExampleOrg();
  connection = new Connection({
    instanceUrl: org.url,
    accessToken: org.sessions.open(org.users.administrator.id),
    version: '68.0',
    logLevel: 'NONE',
  });
});

afterAll(async () => {
  await org.close();
});

describe('jsforce', () => {
  it('logs in with client credentials', async () => {
    org.clients.add({ clientId: 'bridge', clientSecret: 'secret', runAs: 'admin@example.com' });
    const oauth2 = { loginUrl: org.url, clientId: 'bridge', clientSecret: 'secret' };
    const own = new Connection({ oauth2, loginUrl: org.url, version: '68.0' });
    await own.authorize({ grant_type: 'client_credentials' });
    expect(await own.identity()).toMatchObject({ username: 'admin@example.com', organization_id: org.id });
  });

  it('logs in again by itself when its session has ended', async () => {
    const openSession = jest.fn(() => org.sessions.open(org.users.administrator.id));
    const own = new Connection({
      instanceUrl: org.url,
      accessToken: 'expired',
      version: '68.0',
      refreshFn: (_, done) => {
        done(null, openSession());
      },
    });
    expect(await own.query('SELECT COUNT() FROM User')).toMatchObject({ totalSize: 1 });
    expect(openSession).toHaveBeenCalledTimes(1);
  });

  it('writes and reads records', async () => {
    const account = await connection.sobject('Account').create({ Name: 'Acme' });
    expect(account).toMatchObject({ success: true });
    const id = account.id ?? '';
    expect(await connection.sobject('Account').update({ Id: id, Phone: '1' })).toMatchObject({ id, success: true });
    expect(await connection.sobject('Account').retrieve(id)).toMatchObject({ Name: 'Acme', Phone: '1' });
    expect(await connection.sobject('Account').create([{ Name: 'b' }, { Name: 'c' }])).toMatchObject([
      { success: true },
      { success: true },
    ]);
    const upserted = await connection.sobject('Refund__c').upsert({ Key__c: 'k', Amount__c: 1 }, 'Key__c');
    expect(upserted).toMatchObject({ success: true, created: true });
    expect(await connection.sobject('Account').destroy(id)).toMatchObject({ id, success: true });
    expect(org.table('Account').all.map(({ Name }) => Name)).toEqual(['b', 'c']);
  });

  it('builds a query and fetches every page of it', async () => {
    for (let count = 0; count < 2001; count += 1) org.table('Case').insert({ Subject: `s${count}` });
    const found = await connection
      .sobject('Case')
      .find({ Subject: { $like: 's%' } }, ['Id', 'Subject'])
      .sort({ Subject: -1 })
      .execute({ autoFetch: true, maxFetch: 5000 });
    expect(found).toHaveLength(2001);
    expect(found[0]).toMatchObject({ Subject: 's999' });
  });

  it('throws errors with their code, message and fields', async () => {
    await expect(connection.sobject('Account').create({ Phone: '1' })).rejects.toMatchObject({
      errorCode: 'REQUIRED_FIELD_MISSING',
      message: 'Required fields are missing: [Name]',
      data: { fields: ['Name'] },
    });
    await expect(connection.query('SELECT')).rejects.toMatchObject({ errorCode: 'MALFORMED_QUERY' });
  });

  it('describes objects', async () => {
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.map(({ name }) => name)).toContain('Refund__c');
    const { fields, childRelationships, keyPrefix } = await connection.describe('Refund__c');
    expect(keyPrefix).toBe('a00');
    expect(fields.find(({ name }) => name === 'Key__c')).toMatchObject({
      type: 'string',
      length: 40,
      externalId: true,
      unique: true,
    });
    expect(childRelationships).toMatchObject([
      { childSObject: 'Refund_Line__c', relationshipName: 'Lines__r', cascadeDelete: true },
    ]);
  });

  it('publishes events, calls Apex REST and reads limits', async () => {
    expect(await connection.sobject('Refund_Paid__e').create({ Key__c: 'k' })).toMatchObject({ success: true });
    expect(org.events.published.at(-1)).toMatchObject({ object: 'Refund_Paid__e', payload: { Key__c: 'k' } });
    org.apexRest.on('POST', '/echo', ({ body }) => ({ status: 200, body: JSON.parse(body) as unknown }));
    expect(await connection.apex.post('/echo', { a: 1 })).toEqual({ a: 1 });
    expect(await connection.limits()).toMatchObject({ DailyApiRequests: { Max: 15_000 } });
    expect(connection.limitInfo).toMatchObject({ apiUsage: { limit: 15_000 } });
  });

  it('writes in bulk, each row for itself', async () => {
    const records = [
      { Key__c: 'bulk-1', Amount__c: 1 },
      { Key__c: 'bulk-2', Amount__c: 'x' },
      { Key__c: 'k', Amount__c: 5, Tags__c: '#N/A' },
    ];
    const options = {
      object: 'Refund__c',
      operation: 'upsert',
      externalIdFieldName: 'Key__c',
      input: records,
    } as const;
    const { successfulResults, failedResults, unprocessedRecords } =
      await connection.bulk2.loadAndWaitForResults(options);
    expect(successfulResults).toMatchObject([
      { sf__Created: 'true', Key__c: 'bulk-1' },
      { sf__Created: 'false', Key__c: 'k' },
    ]);
    expect(failedResults).toMatchObject([
      {
        Key__c: 'bulk-2',
        sf__Error:
          'JSON_PARSER_ERROR:Cannot deserialize instance of currency from VALUE_STRING value x on field Amount__c: --',
      },
    ]);
    expect(unprocessedRecords).toEqual([]);
  });

  it('deploys over SOAP and over REST', async () => {
    const manifest =
      '<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>A</members><name>ApexClass</name></types></Package>';
    const meta = '<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"><apiVersion>67.0</apiVersion></ApexClass>';
    const files = { 'package.xml': manifest, 'classes/A.cls': 'class A {}', 'classes/A.cls-meta.xml': meta };
    const zip = Buffer.from(
      zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)]))),
    );
    for (const rest of [false, true]) {
      const job = rest
        ? connection.metadata.deployRest(zip, { checkOnly: true })
        : connection.metadata.deploy(zip, { checkOnly: true });
      const { id } = (await job) as { id: string };
      expect(await connection.metadata.checkDeployStatus(id, true, rest)).toMatchObject({
        done: true,
        success: true,
        numberComponentsDeployed: 1,
      });
    }
    expect(await connection.metadata.list({ type: 'ApexClass' })).toEqual([]);
  });

  it('is refused Apex', async () => {
    await expect(connection.tooling.executeAnonymous('x')).rejects.toMatchObject({
      errorCode: 'FUNCTIONALITY_NOT_ENABLED',
    });
  });
});
