import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FakeOrg, Grants } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { refusal, RestClient } from './restClient.ts';

let org: FakeOrg;
let count = 0;

beforeAll(async () => {
  org = await startExampleOrg();
});

afterAll(async () => {
  await org.close();
});

function userWith(grants: Grants): { id: string; client: RestClient } {
  count += 1;
  const user = org.users.add({
    username: `user${count}@example.com`,
    grants: { ...grants, system: ['ApiEnabled', ...(grants.system ?? [])] },
  });
  return { id: user.id, client: new RestClient(org, user.id) };
}

const notThere = refusal(404, 'NOT_FOUND', 'The requested resource does not exist');
const readOnly = refusal(403, 'INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', []);
const noReference = refusal(
  400,
  'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY',
  'insufficient access rights on cross-reference id',
  [],
);

describe('rights on an object', () => {
  it('are none unless granted: the object is not there', async () => {
    const id = org.table('Account').insert({ Name: 'Acme' });
    const { client } = userWith({});
    expect(await client.call('POST', '/sobjects/Account', { Name: 'x' })).toEqual(notThere);
    expect(await client.call('GET', `/sobjects/Account/${id}`)).toEqual(notThere);
    expect(await client.call('GET', '/sobjects/Account/describe')).toEqual(notThere);
    expect(await client.query('SELECT Id FROM Account')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'INVALID_TYPE' }],
    });
    expect(await client.call('GET', '/sobjects')).toMatchObject({ body: { sobjects: [] } });
  });

  it('to read do not bring those to write', async () => {
    const id = org.table('Account').insert({ Name: 'Acme' });
    const { client } = userWith({ objects: { Account: ['read'] } });
    const changes = org.changes.length;
    expect(await client.call('POST', '/sobjects/Account', { Name: 'x' })).toEqual(
      refusal(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'entity type cannot be inserted: Account', []),
    );
    expect(await client.call('PATCH', `/sobjects/Account/${id}`, { Name: 'x' })).toEqual(readOnly);
    expect(await client.call('DELETE', `/sobjects/Account/${id}`)).toEqual(readOnly);
    expect(org.changes).toHaveLength(changes);
  });

  it('to edit do not bring those to delete', async () => {
    const id = org.table('Account').insert({ Name: 'Acme' });
    const { client } = userWith({ objects: { Account: ['read', 'edit'] } });
    expect(await client.call('PATCH', `/sobjects/Account/${id}`, { Name: 'x' })).toMatchObject({ status: 204 });
    expect(await client.call('DELETE', `/sobjects/Account/${id}`)).toEqual(readOnly);
  });

  it('come with a permission set, from its assignment to its removal', async () => {
    const set = org.users.addPermissionSet('Reader', { objects: { Account: ['read'] } });
    const { id, client } = userWith({});
    const assignment = org.table('PermissionSetAssignment').insert({ AssigneeId: id, PermissionSetId: set });
    expect(await client.query('SELECT Id FROM Account')).toMatchObject({ status: 200 });
    org.table('PermissionSetAssignment').delete(assignment);
    expect(await client.query('SELECT Id FROM Account')).toMatchObject({ status: 400 });
  });
});

describe('field security', () => {
  const mayWrite = { objects: { Refund__c: ['create', 'read', 'edit'] } } as const;

  it('hides a field from reading, filtering and writing', async () => {
    const { client } = userWith(mayWrite);
    expect(await client.query('SELECT Secret__c FROM Refund__c')).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    expect(await client.query("SELECT Id FROM Refund__c WHERE Secret__c = 'x'")).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    expect(await client.query('SELECT Id FROM Refund__c ORDER BY Secret__c')).toMatchObject({
      body: [{ errorCode: 'INVALID_FIELD' }],
    });
    expect(await client.call('POST', '/sobjects/Refund__c', { Amount__c: 1, Secret__c: 'x' })).toEqual(
      refusal(400, 'INVALID_FIELD', "No such column 'Secret__c' on sobject of type Refund__c"),
    );
    const { body } = await client.call('GET', '/sobjects/Refund__c/describe');
    const { fields } = body as { fields: { name: string }[] };
    expect(fields.map(({ name }) => name)).not.toContain('Secret__c');
  });

  it('leaves a read-only field unwritten', async () => {
    const { client } = userWith({ ...mayWrite, fields: { 'Refund__c.Secret__c': 'read' } });
    expect(await client.query('SELECT Secret__c FROM Refund__c')).toMatchObject({ status: 200 });
    expect(await client.call('POST', '/sobjects/Refund__c', { Amount__c: 1, Secret__c: 'x' })).toEqual(
      refusal(
        400,
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        'Unable to create/update fields: Secret__c. Please check the security settings of this field and verify that ' +
          'it is read/write for your profile or permission set.',
        ['Secret__c'],
      ),
    );
  });

  it('does not apply to required fields', async () => {
    const { client } = userWith(mayWrite);
    expect(await client.call('POST', '/sobjects/Refund__c', { Amount__c: 1 })).toMatchObject({ status: 201 });
  });

  it('hides a parent whose lookup or object is hidden', async () => {
    const account = org.table('Account').insert({ Name: 'Acme' });
    org.table('Refund__c').insert({ Amount__c: 1, Account__c: account });
    const all = { Refund__c: ['read', 'viewAll'], Account: ['read'] } as const;
    const query = 'SELECT Account__r.Name FROM Refund__c';
    const denied = { status: 400, body: [{ errorCode: 'INVALID_FIELD' }] };
    expect(await userWith({ objects: all }).client.query(query)).toMatchObject(denied);
    const fields = { 'Refund__c.Account__c': 'read' } as const;
    expect(await userWith({ objects: { Refund__c: all.Refund__c }, fields }).client.query(query)).toMatchObject(denied);
    expect(await userWith({ objects: all, fields }).client.query(query)).toMatchObject({ status: 200 });
  });
});

describe('sharing', () => {
  const rights = {
    objects: { Refund__c: ['create', 'read', 'edit', 'delete'], Refund_Line__c: ['create', 'read', 'edit'] },
  } as const;

  it('keeps private records and their details from others', async () => {
    const refund = org.table('Refund__c').insert({ Amount__c: 1 });
    const line = org.table('Refund_Line__c').insert({ Refund__c: refund });
    const { client } = userWith(rights);
    expect(await client.query('SELECT Id FROM Refund__c')).toMatchObject({ body: { totalSize: 0 } });
    expect(await client.query('SELECT COUNT() FROM Refund_Line__c')).toMatchObject({ body: { totalSize: 0 } });
    expect(await client.call('GET', `/sobjects/Refund__c/${refund}`)).toEqual(notThere);
    expect(await client.call('PATCH', `/sobjects/Refund__c/${refund}`, { Amount__c: 2 })).toEqual(noReference);
    expect(await client.call('PATCH', `/sobjects/Refund_Line__c/${line}`, {})).toEqual(noReference);
    expect(await client.call('DELETE', `/sobjects/Refund__c/${refund}`)).toEqual(noReference);
    expect(await client.call('POST', '/sobjects/Refund_Line__c', { Refund__c: refund })).toEqual(noReference);
  });

  it('gives the owner the record', async () => {
    const { id, client } = userWith(rights);
    const created = await client.call('POST', '/sobjects/Refund__c', { Amount__c: 1 });
    const refund = (created.body as { id: string }).id;
    expect(await client.query('SELECT OwnerId FROM Refund__c')).toMatchObject({ body: { records: [{ OwnerId: id }] } });
    expect(await client.call('PATCH', `/sobjects/Refund__c/${refund}`, { Amount__c: 2 })).toMatchObject({
      status: 204,
    });
  });

  it.each([
    ['viewAll', 200, 403],
    ['modifyAll', 200, 204],
  ] as const)('is lifted by %s', async (right, read, write) => {
    const refund = org.table('Refund__c').insert({ Amount__c: 1 });
    const { client } = userWith({ objects: { Refund__c: ['read', 'edit', right] } });
    expect(await client.call('GET', `/sobjects/Refund__c/${refund}`)).toMatchObject({ status: read });
    expect(await client.call('PATCH', `/sobjects/Refund__c/${refund}`, { Amount__c: 2 })).toMatchObject({
      status: write,
    });
  });
});

it('refuses a user without the API', async () => {
  const { id } = org.users.add({ username: 'ui@example.com', grants: { objects: { Account: ['read'] } } });
  expect(await new RestClient(org, id).query('SELECT Id FROM Account')).toEqual(
    refusal(403, 'API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner'),
  );
});

it('ends the sessions of a user who is no longer active', async () => {
  const { id, client } = userWith({});
  org.table('User').update(id, { IsActive: false });
  expect(await client.call('GET', '/limits')).toEqual(refusal(401, 'INVALID_SESSION_ID', 'Session expired or invalid'));
});
