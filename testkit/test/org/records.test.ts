import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FakeOrg } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { refusal, RestClient } from './restClient.ts';

let org: FakeOrg;
let admin: RestClient;
let accountId: string;

beforeAll(async () => {
  org = await startExampleOrg();
  admin = new RestClient(org, org.users.administrator.id);
});

afterAll(async () => {
  await org.close();
});

beforeEach(() => {
  accountId = org.table('Account').insert({ Name: 'Acme' });
});

describe('a record', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await admin.call('POST', '/sobjects/Contact', { LastName: 'Ada', AccountId: accountId });
    const { id } = created.body as { id: string };
    expect(created).toEqual({ status: 201, body: { id, success: true, errors: [] } });

    expect(await admin.call('PATCH', `/sobjects/Contact/${id}`, { Email: 'ada@example.com', Phone: '' })).toEqual({
      status: 204,
      body: undefined,
    });
    expect(await admin.call('GET', `/sobjects/Contact/${id}?fields=LastName,Email,Account.Name`)).toEqual({
      status: 200,
      body: {
        attributes: { type: 'Contact', url: `/services/data/v68.0/sobjects/Contact/${id}` },
        LastName: 'Ada',
        Email: 'ada@example.com',
        Account: {
          attributes: { type: 'Account', url: `/services/data/v68.0/sobjects/Account/${accountId}` },
          Name: 'Acme',
        },
      },
    });
    expect(await admin.call('DELETE', `/sobjects/Contact/${id}`)).toEqual({ status: 204, body: undefined });
    expect(await admin.call('DELETE', `/sobjects/Contact/${id}`)).toEqual(
      refusal(404, 'ENTITY_IS_DELETED', 'entity is deleted', []),
    );
    expect(await admin.call('GET', `/sobjects/Contact/${id}`)).toEqual(
      refusal(404, 'NOT_FOUND', 'The requested resource does not exist'),
    );
    expect((await admin.call('GET', `/queryAll?q=SELECT+IsDeleted+FROM+Contact+WHERE+Id='${id}'`)).body).toMatchObject({
      records: [{ IsDeleted: true }],
    });
  });

  it('carries who wrote it and when, and its before-image is kept', async () => {
    const changes = org.changes.length;
    await admin.call('PATCH', `/sobjects/Account/${accountId}`, { Name: 'Acme 2' });
    const stamp = { LastModifiedById: org.users.administrator.id, LastModifiedDate: '2026-11-23T12:00:00.000+0000' };
    expect(org.table('Account').get(accountId)).toMatchObject({ Name: 'Acme 2', ...stamp });
    expect(org.changes.slice(changes)).toEqual([
      expect.objectContaining({
        action: 'update',
        object: 'Account',
        id: accountId,
        by: org.users.administrator.id,
        before: expect.objectContaining({ Name: 'Acme' }),
        after: expect.objectContaining({ Name: 'Acme 2' }),
      }),
    ]);
  });

  it('takes its details along when it is deleted', async () => {
    const refund = org.table('Refund__c').insert({ Amount__c: 1 });
    const line = org.table('Refund_Line__c').insert({ Refund__c: refund });
    await admin.call('DELETE', `/sobjects/Refund__c/${refund}`);
    expect(org.table('Refund_Line__c').get(line)).toMatchObject({ IsDeleted: true });
  });

  it('is changed only if nobody changed it since', async () => {
    const patch = (since: string) =>
      admin.call('PATCH', `/sobjects/Account/${accountId}`, { Phone: '1' }, { 'if-unmodified-since': since });
    expect(await patch('Mon, 23 Nov 2026 11:59:59 GMT')).toEqual({ status: 412, body: undefined });
    expect(await patch('Mon, 23 Nov 2026 12:00:00 GMT')).toEqual({ status: 204, body: undefined });
  });
});

describe('a write that is refused leaves nothing', () => {
  const refundOf = (values: object): object => ({ Amount__c: 1, ...values });

  it.each<[string, object, ReturnType<typeof refusal>]>([
    ['Account', {}, refusal(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name'])],
    [
      'Account',
      { Name: null },
      refusal(400, 'REQUIRED_FIELD_MISSING', 'Required fields are missing: [Name]', ['Name']),
    ],
    [
      'Account',
      { Name: 'x', Nothing__c: 1 },
      refusal(400, 'INVALID_FIELD', "No such column 'Nothing__c' on sobject of type Account"),
    ],
    [
      'Account',
      { Name: 'x', CreatedDate: '2026-01-01T00:00:00Z' },
      refusal(
        400,
        'INVALID_FIELD_FOR_INSERT_UPDATE',
        'Unable to create/update fields: CreatedDate. Please check the security settings of this field and verify ' +
          'that it is read/write for your profile or permission set.',
        ['CreatedDate'],
      ),
    ],
    [
      'Account',
      { Name: 'x', NumberOfEmployees: 1.5 },
      refusal(
        400,
        'JSON_PARSER_ERROR',
        'Cannot deserialize instance of int from VALUE_NUMBER value 1.5 on field NumberOfEmployees',
      ),
    ],
    [
      'Account',
      { Name: 'x', AnnualRevenue: 'much' },
      refusal(
        400,
        'JSON_PARSER_ERROR',
        'Cannot deserialize instance of currency from VALUE_STRING value much on field AnnualRevenue',
      ),
    ],
    [
      'Account',
      { Name: 5 },
      refusal(
        400,
        'JSON_PARSER_ERROR',
        'Cannot deserialize instance of string from VALUE_NUMBER value 5 on field Name',
      ),
    ],
    [
      'Account',
      { Name: 'x', ParentId: 'acme' },
      refusal(400, 'MALFORMED_ID', 'Parent ID: id value of incorrect type: acme', ['ParentId']),
    ],
    [
      'Account',
      { Name: 'x', ParentId: '001Fk0000000999AAA' },
      refusal(400, 'MALFORMED_ID', 'Parent ID: id value of incorrect type: 001Fk0000000999AAA', ['ParentId']),
    ],
    [
      'Account',
      { Name: 'x', ParentId: '001Fk0000000999' },
      refusal(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', []),
    ],
    [
      'Refund__c',
      refundOf({ Status__c: 'Lost' }),
      refusal(
        400,
        'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST',
        'Status__c: bad value for restricted picklist field: Lost',
        ['Status__c'],
      ),
    ],
    [
      'Refund__c',
      refundOf({ Tags__c: 'gift;x' }),
      refusal(400, 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'Tags__c: bad value for restricted picklist field: x', [
        'Tags__c',
      ]),
    ],
    [
      'Refund__c',
      refundOf({ Due__c: '2026-02-30' }),
      refusal(
        400,
        'JSON_PARSER_ERROR',
        'Cannot deserialize instance of date from VALUE_STRING value 2026-02-30 on field Due__c',
      ),
    ],
    [
      'Refund__c',
      refundOf({ Key__c: 'k'.repeat(41) }),
      refusal(400, 'STRING_TOO_LONG', `Key__c: data value too large: ${'k'.repeat(41)} (max length=40)`, ['Key__c']),
    ],
    ['Nothing__c', {}, refusal(404, 'NOT_FOUND', 'The requested resource does not exist')],
  ])('%s %j', async (object, values, expected) => {
    const changes = org.changes.length;
    expect(await admin.call('POST', `/sobjects/${object}`, values)).toEqual(expected);
    expect(org.changes).toHaveLength(changes);
  });

  it('because its key is taken, whatever the letter case', async () => {
    const id = org.table('Refund__c').insert({ Amount__c: 1, Key__c: 'txn-1' });
    expect(await admin.call('POST', '/sobjects/Refund__c', { Amount__c: 2, Key__c: 'TXN-1' })).toEqual(
      refusal(400, 'DUPLICATE_VALUE', `duplicate value found: Key__c duplicates value on record with id: ${id}`, []),
    );
    org.table('Refund__c').delete(id);
    expect(await admin.call('POST', '/sobjects/Refund__c', { Amount__c: 2, Key__c: 'TXN-1' })).toMatchObject({
      status: 201,
    });
  });

  it('because a validation rule objects', async () => {
    org.rules.add(
      'Contact',
      ({ record, before }) => (before && record['LastName'] === 'Null' ? 'Not that name' : undefined),
      'LastName',
    );
    const id = org.table('Contact').insert({ LastName: 'Null' });
    expect(await admin.call('PATCH', `/sobjects/Contact/${id}`, { FirstName: 'N' })).toEqual(
      refusal(400, 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Not that name', ['LastName']),
    );
  });

  it('because somebody else holds the record', async () => {
    const release = org.locks.hold(accountId);
    expect(await admin.call('PATCH', `/sobjects/Account/${accountId}`, { Phone: '1' })).toEqual(
      refusal(
        400,
        'UNABLE_TO_LOCK_ROW',
        `unable to obtain exclusive access to this record or 1 records: ${accountId}`,
        [],
      ),
    );
    release();
    expect(await admin.call('PATCH', `/sobjects/Account/${accountId}`, { Phone: '1' })).toMatchObject({ status: 204 });
  });

  it('because the request is none', async () => {
    expect(await admin.call('POST', '/sobjects/Account', '{')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(await admin.call('POST', '/sobjects/Account')).toMatchObject({
      status: 400,
      body: [{ errorCode: 'JSON_PARSER_ERROR' }],
    });
    expect(await admin.call('PUT', '/sobjects/Account')).toEqual(
      refusal(405, 'METHOD_NOT_ALLOWED', "HTTP Method 'PUT' not allowed. Allowed are GET,POST"),
    );
    expect(await admin.call('GET', '/sobjects/Account/x')).toEqual(
      refusal(400, 'MALFORMED_ID', 'Account ID: id value of incorrect type: x', ['Id']),
    );
    expect(await admin.call('GET', '/nothing')).toEqual(
      refusal(404, 'NOT_FOUND', 'The requested resource does not exist'),
    );
  });
});

describe('an upsert', () => {
  it('inserts once and then changes', async () => {
    const path = '/sobjects/Refund__c/Key__c/a%2Fb';
    const first = await admin.call('PATCH', path, { Amount__c: 1 });
    const { id } = first.body as { id: string };
    expect(first).toEqual({ status: 201, body: { id, success: true, errors: [], created: true } });
    expect(await admin.call('PATCH', path, { Amount__c: 2 })).toEqual({
      status: 200,
      body: { id, success: true, errors: [], created: false },
    });
    expect(await admin.call('GET', `${path}?fields=Amount__c,Key__c`)).toMatchObject({
      body: { Amount__c: 2, Key__c: 'a/b' },
    });
    expect(await admin.call('DELETE', path)).toMatchObject({ status: 204 });
    expect(await admin.call('GET', path)).toMatchObject({ status: 404 });
  });

  it('is refused when the key is in the body, is no external id, or names several records', async () => {
    expect(await admin.call('PATCH', '/sobjects/Refund__c/Key__c/x', { Key__c: 'x' })).toEqual(
      refusal(400, 'INVALID_FIELD', 'The Key__c field should not be specified in the sobject data.'),
    );
    expect(await admin.call('PATCH', '/sobjects/Refund__c/Secret__c/x', {})).toEqual(
      refusal(404, 'NOT_FOUND', 'Provided external ID field does not exist or is not accessible: Secret__c'),
    );
    const ids = [1, 2].map((Amount__c) => org.table('Refund__c').insert({ Amount__c, Batch__c: 'b' }));
    expect(await admin.call('PATCH', '/sobjects/Refund__c/Batch__c/b', { Amount__c: 3 })).toEqual({
      status: 300,
      body: ids.map((id) => `/services/data/v68.0/sobjects/Refund__c/${id}`),
    });
  });
});

describe('a long query', () => {
  it('comes in pages, for its user only', async () => {
    for (let count = 0; count < 450; count += 1) org.table('Case').insert({ Subject: String(count) });
    const path = '/query?q=SELECT+Subject+FROM+Case';
    const options = { 'sforce-query-options': 'batchSize=200' };
    const sizes: number[] = [];
    let next: string | undefined = path;
    let last: string | undefined;
    while (next !== undefined) {
      const { body } = await admin.call('GET', next, undefined, options);
      const page = body as { totalSize: number; records: object[]; nextRecordsUrl?: string };
      expect(page.totalSize).toBe(450);
      sizes.push(page.records.length);
      last = next;
      next = page.nextRecordsUrl;
    }
    expect(sizes).toEqual([200, 200, 50]);
    const other = new RestClient(
      org,
      org.users.add({ username: 'other@example.com', grants: { system: ['ApiEnabled'] } }).id,
    );
    expect(await other.call('GET', last ?? '')).toEqual(refusal(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator'));
  });
});
