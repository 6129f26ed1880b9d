import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { FakeOrg } from '../../src/index.ts';
import { startExampleOrg } from './exampleOrg.ts';
import { RestClient } from './restClient.ts';

let org: FakeOrg;
let admin: RestClient;

beforeAll(async () => {
  org = await startExampleOrg();
  admin = new RestClient(org, org.users.administrator.id);
});

afterAll(async () => {
  await org.close();
});

async function openJob(operation: string): Promise<string> {
  const { body } = await admin.call('POST', '/jobs/ingest', { object: 'Account', operation });
  return `/jobs/ingest/${(body as { id: string }).id}`;
}

const complete = { state: 'UploadComplete' };
const csvType = { 'content-type': 'text/csv' };

it.each(['insert', 'update', 'delete'])('runs a job: %s', async (operation) => {
  const Id = org.table('Account').insert({ Name: 'old', Phone: '1' });
  const csv = { insert: 'Name\nnew\n', update: `Id,Name,Phone\n${Id},new,#N/A\n`, delete: `Id\n${Id}\n` }[operation];
  const job = await openJob(operation);
  expect(await admin.call('PUT', `${job}/batches`, csv, csvType)).toMatchObject({ status: 201 });
  expect(await admin.call('PATCH', job, complete)).toMatchObject({
    body: { state: 'JobComplete', numberRecordsProcessed: 1, numberRecordsFailed: 0 },
  });
  const after = { insert: { Name: 'old' }, update: { Name: 'new', Phone: null }, delete: { IsDeleted: true } }[
    operation
  ];
  expect(org.table('Account').get(Id)).toMatchObject(after ?? {});
  expect(org.changes.at(-1)).toMatchObject({ action: operation, object: 'Account' });
});

it('takes one upload and one end', async () => {
  const job = await openJob('insert');
  await admin.call('PUT', `${job}/batches`, 'Name\nx\n', csvType);
  await admin.call('PATCH', job, complete);
  const changes = org.changes.length;
  const refused = { status: 400, body: [{ errorCode: 'INVALIDJOBSTATE' }] };
  expect(await admin.call('PATCH', job, complete)).toMatchObject(refused);
  expect(await admin.call('PUT', `${job}/batches`, 'Name\ny\n', csvType)).toMatchObject(refused);
  expect(org.changes).toHaveLength(changes);
});

it('refuses an operation it does not know, and a file that is none', async () => {
  const unknown = { object: 'Account', operation: 'hardDelete' };
  expect(await admin.call('POST', '/jobs/ingest', unknown)).toMatchObject({ body: [{ errorCode: 'INVALIDJOB' }] });
  const job = await openJob('insert');
  await admin.call('PUT', `${job}/batches`, 'Name\n"x\n', csvType);
  expect(await admin.call('PATCH', job, complete)).toMatchObject({ body: [{ errorCode: 'INVALIDBATCH' }] });
});

it('shows a job to its user only', async () => {
  const job = await openJob('insert');
  const grants = { system: ['ApiEnabled', 'ViewAllData'] } as const;
  const other = new RestClient(org, org.users.add({ username: 'other@example.com', grants }).id);
  expect(await other.call('GET', job)).toMatchObject({ status: 404 });
  expect(await other.call('PATCH', job, { state: 'Aborted' })).toMatchObject({ status: 404 });
  expect(await admin.call('PATCH', job, { state: 'Aborted' })).toMatchObject({ body: { state: 'Aborted' } });
});
