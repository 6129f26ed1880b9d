import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { FakeOrg } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { RestClient, type Answer } from './restClient.ts';

const base = '/services/data/v68.0';
const haltedMessage = 'The transaction was rolled back since another operation in the same transaction failed.';
const halted = [{ errorCode: 'PROCESSING_HALTED', message: haltedMessage }];

let org: FakeOrg;
let admin: RestClient;
let refundId: string;

beforeAll(async () => {
  org = await startExampleOrg();
  admin = new RestClient(org, org.users.administrator.id);
});

afterAll(async () => {
  await org.close();
});

beforeEach(() => {
  refundId = org.table('Refund__c').insert({ Amount__c: 1 });
});

interface Sub {
  readonly method: string;
  readonly url: string;
  readonly referenceId: string;
  readonly body?: unknown;
}

function composite(allOrNone: boolean, ...compositeRequest: readonly Sub[]): Promise<Answer> {
  return admin.call('POST', '/composite', { allOrNone, compositeRequest });
}

/** Reference, status and error codes of each subresponse. */
function outcomes({ body }: Answer): unknown[][] {
  const { compositeResponse } = body as {
    compositeResponse: { referenceId: string; httpStatusCode: number; body: unknown }[];
  };
  return compositeResponse.map(({ referenceId, httpStatusCode, body: inner }) => {
    const codes = Array.isArray(inner) ? inner.map((error: { errorCode?: string }) => error.errorCode) : [];
    return [referenceId, httpStatusCode, ...codes];
  });
}

const pay = (): Sub => ({
  method: 'PATCH',
  url: `${base}/sobjects/Refund__c/${refundId}`,
  referenceId: 'pay',
  body: { Status__c: 'Paid' },
});

const journal = (key: string): Sub => ({
  method: 'POST',
  url: `${base}/sobjects/Refund__c`,
  referenceId: 'journal',
  body: { Amount__c: 0, Key__c: key },
});

describe('a composite request with allOrNone', () => {
  it('does everything once: a second one with the same key changes nothing', async () => {
    expect(outcomes(await composite(true, pay(), journal('effect-1')))).toEqual([
      ['pay', 204],
      ['journal', 201],
    ]);
    org.table('Refund__c').update(refundId, { Status__c: 'Open' });
    const changes = org.changes.length;
    const second = await composite(true, pay(), journal('effect-1'));
    expect(second.status).toBe(200);
    expect(outcomes(second)).toEqual([
      ['pay', 400, 'PROCESSING_HALTED'],
      ['journal', 400, 'DUPLICATE_VALUE'],
    ]);
    expect(org.table('Refund__c').get(refundId)).toMatchObject({ Status__c: 'Open' });
    expect(org.changes).toHaveLength(changes);
  });

  it('lets one of many through that come at once with the same key', async () => {
    const changes = org.changes.length;
    const answers = await Promise.all(Array.from({ length: 20 }, () => composite(true, pay(), journal('effect-2'))));
    const statuses = answers.map((answer) => outcomes(answer)[1]?.[1]);
    expect(statuses.toSorted()).toEqual([201, ...Array.from({ length: 19 }, () => 400)]);
    expect(org.changes).toHaveLength(changes + 2);
  });

  it('takes back every step of a record, newest first', async () => {
    const again = { ...pay(), referenceId: 'again', body: { Amount__c: 2 } };
    await composite(true, pay(), again, { ...journal('x'), body: {} });
    expect(org.table('Refund__c').get(refundId)).toMatchObject({ Amount__c: 1, Status__c: 'Open' });
  });

  it('runs nothing after a failure and says so', async () => {
    const read: Sub = { method: 'GET', url: `${base}/sobjects/Refund__c/${refundId}`, referenceId: 'read' };
    const answer = await composite(true, { ...journal('x'), body: {} }, pay(), read);
    expect(answer.body).toEqual({
      compositeResponse: [
        {
          body: [
            {
              errorCode: 'REQUIRED_FIELD_MISSING',
              message: 'Required fields are missing: [Amount__c]',
              fields: ['Amount__c'],
            },
          ],
          httpHeaders: {},
          httpStatusCode: 400,
          referenceId: 'journal',
        },
        { body: halted, httpHeaders: {}, httpStatusCode: 400, referenceId: 'pay' },
        { body: halted, httpHeaders: {}, httpStatusCode: 400, referenceId: 'read' },
      ],
    });
  });

  it('makes a collection inside all or none too', async () => {
    const records = [{ Amount__c: 1 }, {}].map((values) => ({ attributes: { type: 'Refund__c' }, ...values }));
    const lines: Sub = {
      method: 'POST',
      url: `${base}/composite/sobjects`,
      referenceId: 'lines',
      body: { allOrNone: false, records },
    };
    const count = org.table('Refund__c').all.length;
    await composite(true, lines, pay());
    expect(org.table('Refund__c').all).toHaveLength(count);
    expect(org.table('Refund__c').get(refundId)).toMatchObject({ Status__c: 'Open' });
  });

  it('takes events back that wait for the commit, and only those', async () => {
    const publish = (object: string): Sub => ({
      method: 'POST',
      url: `${base}/sobjects/${object}`,
      referenceId: object,
      body: { Key__c: 'k' },
    });
    const published = org.events.published.length;
    const failing: Sub = { ...journal('x'), body: {} };
    await composite(true, publish('Refund_Paid__e'), publish('Refund_Tried__e'), failing);
    expect(org.events.published.slice(published).map(({ object }) => object)).toEqual(['Refund_Tried__e']);
    await composite(true, publish('Refund_Paid__e'));
    expect(org.events.published.slice(published + 1).map(({ object }) => object)).toEqual(['Refund_Paid__e']);
  });
});

describe('a composite request without allOrNone', () => {
  it('keeps what succeeded and halts what depends on a failure', async () => {
    const answer = await composite(
      false,
      { ...journal('y'), body: {} },
      { method: 'DELETE', url: `${base}/sobjects/Refund__c/@{journal.id}`, referenceId: 'undo' },
      pay(),
    );
    expect(outcomes(answer)).toEqual([
      ['journal', 400, 'REQUIRED_FIELD_MISSING'],
      ['undo', 400, 'PROCESSING_HALTED'],
      ['pay', 204],
    ]);
  });
});

it('does not hold another one', async () => {
  const inner: Sub = { method: 'POST', url: `${base}/composite`, referenceId: 'inner', body: { compositeRequest: [] } };
  expect(outcomes(await composite(true, inner))).toEqual([['inner', 400, 'INVALID_REQUEST']]);
});

it('fills references into addresses and bodies', async () => {
  const answer = await composite(
    true,
    {
      method: 'GET',
      url: `${base}/query?q=SELECT+Id,Amount__c+FROM+Refund__c+WHERE+Id='${refundId}'`,
      referenceId: 'found',
    },
    {
      method: 'POST',
      url: `${base}/sobjects/Refund_Line__c`,
      referenceId: 'line',
      body: { Refund__c: '@{found.records[0].Id}', Quantity__c: '@{found.records[0].Amount__c}' },
    },
    {
      method: 'GET',
      url: `${base}/sobjects/Refund_Line__c/@{line.id}?fields=Refund__c,Quantity__c`,
      referenceId: 'read',
    },
  );
  expect(outcomes(answer).map(([name, status]) => [name, status])).toEqual([
    ['found', 200],
    ['line', 201],
    ['read', 200],
  ]);
  expect((answer.body as { compositeResponse: { body: unknown }[] }).compositeResponse[2]?.body).toMatchObject({
    Refund__c: refundId,
    Quantity__c: 1,
  });
});

it.each<[string, object]>([
  [
    'too many',
    Array.from({ length: 26 }, (_, index) => ({ method: 'GET', url: `${base}/limits`, referenceId: `r${index}` })),
  ],
  [
    'too many queries',
    Array.from({ length: 6 }, (_, index) => ({ method: 'GET', url: `${base}/query?q=x`, referenceId: `r${index}` })),
  ],
  ['the same reference twice', [1, 2].map(() => ({ method: 'GET', url: `${base}/limits`, referenceId: 'r' }))],
  ['a reference with a dash', [{ method: 'GET', url: `${base}/limits`, referenceId: 'a-b' }]],
  ['no reference', [{ method: 'GET', url: `${base}/limits` }]],
  ['no list', {}],
  ['bodies that are none', [{ method: 'GET', url: 5, referenceId: 'r' }]],
])('refuses as a whole: %s', async (_, compositeRequest) => {
  expect((await admin.call('POST', '/composite', { compositeRequest })).status).toBe(400);
});

describe('a collection', () => {
  const accounts = (...names: (string | undefined)[]): object[] =>
    names.map((Name) => ({ attributes: { type: 'Account' }, ...(Name !== undefined && { Name }) }));
  const missing = {
    statusCode: 'REQUIRED_FIELD_MISSING',
    message: 'Required fields are missing: [Name]',
    fields: ['Name'],
  };

  it('keeps the good records, or none', async () => {
    const before = org.table('Account').all.length;
    const some = await admin.call('POST', '/composite/sobjects', {
      allOrNone: false,
      records: accounts('a', undefined),
    });
    expect(some).toEqual({
      status: 200,
      body: [
        { id: org.table('Account').all.at(-1)?.['Id'], success: true, errors: [] },
        { success: false, errors: [missing] },
      ],
    });
    const none = await admin.call('POST', '/composite/sobjects', {
      allOrNone: true,
      records: accounts('b', undefined),
    });
    expect(none.body).toEqual([
      {
        success: false,
        errors: [
          {
            statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
            message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
            fields: [],
          },
        ],
      },
      { success: false, errors: [missing] },
    ]);
    expect(org.table('Account').all).toHaveLength(before + 1);
  });

  it('changes, upserts, reads and deletes', async () => {
    const ids = ['a', 'b'].map((Name) => org.table('Account').insert({ Name }));
    const records = ids.map((id) => ({ attributes: { type: 'Account' }, id, Phone: '1' }));
    expect((await admin.call('PATCH', '/composite/sobjects', { records })).body).toEqual(
      ids.map((id) => ({ id, success: true, errors: [] })),
    );
    const read = { ids: [...ids, '001Fk00000zzzzz'], fields: ['Phone'] };
    expect((await admin.call('POST', '/composite/sobjects/Account', read)).body).toMatchObject([
      { Phone: '1' },
      { Phone: '1' },
      null,
    ]);
    expect((await admin.call('DELETE', `/composite/sobjects?allOrNone=true&ids=${ids.join(',')}`)).body).toEqual(
      ids.map((id) => ({ id, success: true, errors: [] })),
    );
    const refunds = [1, 2].map((Amount__c) => ({ attributes: { type: 'Refund__c' }, Key__c: 'same', Amount__c }));
    const upserted = await admin.call('PATCH', '/composite/sobjects/Refund__c/Key__c', { records: refunds });
    expect(upserted.body).toMatchObject([
      { success: true, created: true },
      { success: true, created: false },
    ]);
  });

  it('takes 200 records at most', async () => {
    const records = accounts(...Array.from({ length: 201 }, () => 'x'));
    expect(await admin.call('POST', '/composite/sobjects', { records })).toMatchObject({
      status: 400,
      body: [{ errorCode: 'EXCEEDED_ID_LIMIT' }],
    });
  });
});
