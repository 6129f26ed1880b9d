import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FakeOrg, PublishedEvent } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { refusal, RestClient } from './restClient.ts';

let org: FakeOrg;
let admin: RestClient;

beforeAll(async () => {
  org = await startExampleOrg();
  admin = new RestClient(org, org.users.administrator.id);
});

afterAll(async () => {
  await org.close();
});

describe('a platform event', () => {
  it('reaches its subscribers and the list of published events', async () => {
    const heard: PublishedEvent[] = [];
    const unsubscribe = org.events.subscribe('Refund_Paid__e', (event) => heard.push(event));
    expect(await admin.call('POST', '/sobjects/Refund_Paid__e', { Key__c: 'k1' })).toMatchObject({
      status: 201,
      body: { success: true, errors: [{ statusCode: 'OPERATION_ENQUEUED' }] },
    });
    unsubscribe();
    await admin.call('POST', '/sobjects/Refund_Paid__e', { Key__c: 'k2' });
    expect(heard.map(({ payload }) => [payload['Key__c'], payload['CreatedById'], payload['CreatedDate']])).toEqual([
      ['k1', org.users.administrator.id, '2026-11-23T12:00:00.000+0000'],
    ]);
    const replayIds = org.events.published.map(({ payload }) => Number(payload['ReplayId']));
    expect(replayIds).toEqual([1, 2]);
  });

  it('is refused when it is not complete, not known, or not allowed', async () => {
    expect(await admin.call('POST', '/sobjects/Refund_Paid__e', {})).toEqual(
      refusal(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Key__c]', ['Key__c']),
    );
    expect(await admin.call('POST', '/sobjects/Refund_Paid__e', { Nothing__c: 1 })).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    const { id } = org.users.add({ username: 'quiet@example.com', grants: { system: ['ApiEnabled'] } });
    expect(await new RestClient(org, id).call('POST', '/sobjects/Refund_Paid__e', { Key__c: 'k' })).toMatchObject({
      status: 404,
    });
  });
});

describe('Apex REST', () => {
  it('is played by functions, with the user and the body as it came', async () => {
    org.apexRest.on('POST', '/refunds/*', async ({ path, body, userId }) => {
      org.table('Account').insert({ Name: body });
      await Promise.resolve();
      return { status: 201, body: { path, userId } };
    });
    expect(await admin.call('POST', '/services/apexrest/refunds/42', '"raw"')).toEqual({
      status: 201,
      body: { path: '/refunds/42', userId: org.users.administrator.id },
    });
    expect(org.table('Account').all.at(-1)).toMatchObject({ Name: '"raw"' });
    expect(await admin.call('GET', '/services/apexrest/refunds/42')).toMatchObject({ status: 404 });
  });

  it('turns an exception into an error of Apex', async () => {
    org.apexRest.on('GET', '/broken', () => {
      throw new Error('no refund');
    });
    expect(await admin.call('GET', '/services/apexrest/broken')).toEqual(
      refusal(500, 'APEX_ERROR', 'System.UnexpectedException: no refund'),
    );
  });
});

it('runs no Apex itself', async () => {
  expect(await admin.call('GET', '/tooling/executeAnonymous?anonymousBody=x')).toEqual(
    refusal(403, 'FUNCTIONALITY_NOT_ENABLED', 'This is a fake org: it runs no Apex'),
  );
});

it('counts records and requests', async () => {
  org.table('Case').insert({ Subject: 'x' });
  expect(await admin.call('GET', '/limits/recordCount?sObjects=Case,User')).toEqual({
    status: 200,
    body: {
      sObjects: [
        { name: 'Case', count: 1 },
        { name: 'User', count: 2 },
      ],
    },
  });
  const few = await startExampleOrg({ dailyApiRequests: 1 });
  const client = new RestClient(few, few.users.administrator.id);
  expect(await client.call('GET', '/limits')).toMatchObject({
    status: 200,
    body: { DailyApiRequests: { Max: 1, Remaining: 0 } },
  });
  expect(await client.call('GET', '/limits')).toEqual(
    refusal(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.'),
  );
  await few.close();
});
