import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import type { BulkJob, BulkRow } from '../bulkJobs.ts';
import { notFound, SalesforceError } from '../errors.ts';
import type { Reply } from '../http/messages.ts';
import { printDateTime } from '../records/values.ts';
import { bodyObject, objectType, recordId, type DataRequest, type DataRoute } from './dataRequest.ts';
import { upsert } from './upsert.ts';

/** The Bulk API 2.0 for writing. A job is done as soon as its upload is complete. */
export const bulkRoutes: readonly DataRoute[] = [
  { method: 'POST', pattern: '/jobs/ingest', handle: createJob },
  { method: 'GET', pattern: '/jobs/ingest/:id', handle: (request, id = '') => reply(200, jobOf(request, id)) },
  { method: 'PATCH', pattern: '/jobs/ingest/:id', handle: (request, id = '') => finish(request, jobOf(request, id)) },
  {
    method: 'PUT',
    pattern: '/jobs/ingest/:id/batches',
    handle: (request, id = '') => upload(request, jobOf(request, id)),
  },
  {
    method: 'GET',
    pattern: '/jobs/ingest/:id/successfulResults',
    handle: (request, id = '') => results(jobOf(request, id), (row) => row.error === undefined),
  },
  {
    method: 'GET',
    pattern: '/jobs/ingest/:id/failedResults',
    handle: (request, id = '') => results(jobOf(request, id), (row) => row.error !== undefined),
  },
  {
    method: 'GET',
    pattern: '/jobs/ingest/:id/unprocessedrecords',
    handle: (request, id = '') => results(jobOf(request, id), () => false),
  },
];

const operations = ['insert', 'update', 'upsert', 'delete'] as const satisfies readonly BulkJob['operation'][];

function createJob(request: DataRequest): Reply {
  const { org, access } = request;
  const { object, operation, externalIdFieldName = '' } = bodyObject(request.body);
  const known = operations.find((each) => each === operation);
  if (typeof object !== 'string' || known === undefined || typeof externalIdFieldName !== 'string') {
    throw new SalesforceError('INVALIDJOB', 'Unsupported job: object and operation are required');
  }
  const job: BulkJob = {
    id: org.ids.next('750'),
    object: objectType(request, object).name,
    operation: known,
    externalIdFieldName,
    createdById: access.userId,
    createdDate: printDateTime(org.now()),
    state: 'Open',
    csv: '',
    rows: [],
  };
  org.bulkJobs.set(job.id, job);
  return reply(200, job);
}

function jobOf({ org, access }: DataRequest, id: string): BulkJob {
  const job = org.bulkJobs.get(id);
  if (job?.createdById !== access.userId) throw notFound();
  return job;
}

function upload({ body }: DataRequest, job: BulkJob): Reply {
  if (job.state !== 'Open' || typeof body !== 'string') throw new SalesforceError('INVALIDJOBSTATE', 'Job is not open');
  job.csv = body;
  return { status: 201 };
}

function finish(request: DataRequest, job: BulkJob): Reply {
  const { state } = bodyObject(request.body);
  if (job.state !== 'Open' || (state !== 'UploadComplete' && state !== 'Aborted')) {
    throw new SalesforceError('INVALIDJOBSTATE', `Cannot change a job from ${job.state} to ${String(state)}`);
  }
  if (state === 'UploadComplete') job.rows = readRows(job.csv).map((sent) => write(request, job, sent));
  job.state = state === 'Aborted' ? 'Aborted' : 'JobComplete';
  return reply(200, job);
}

function readRows(csv: string): readonly Readonly<Record<string, string>>[] {
  try {
    return parse(csv, { columns: true, skip_empty_lines: true, bom: true });
  } catch (error) {
    throw new SalesforceError('INVALIDBATCH', error instanceof Error ? error.message : String(error));
  }
}

/** Each row stands alone: a failure keeps the others. */
function write(request: DataRequest, job: BulkJob, sent: Readonly<Record<string, string>>): BulkRow {
  try {
    return { sent, error: undefined, ...writeRow(request, job, sent) };
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const { errorCode, message, fields = [] } = error;
    return { sent, id: '', created: false, error: `${errorCode}:${message}:${fields.join(',')} --` };
  }
}

function writeRow(
  request: DataRequest,
  { object, operation, externalIdFieldName }: BulkJob,
  sent: Readonly<Record<string, string>>,
): { id: string; created: boolean } {
  const { org, access } = request;
  const type = org.schema.get(object);
  // An empty cell leaves a field alone; #N/A empties it.
  const given = Object.entries(sent).filter(([, text]) => text !== '');
  const values = Object.fromEntries(given.map(([name, text]) => [name, text === '#N/A' ? null : text]));
  if (operation === 'insert') return { id: org.writer.insert(type, values, access), created: true };
  if (operation === 'upsert') {
    const { [externalIdFieldName]: key, ...others } = values;
    return upsert(org, access, type, externalIdFieldName, key, others);
  }
  const { Id, ...others } = values;
  const id = recordId(type, Id ?? '');
  if (operation === 'update') org.writer.update(type, id, others, access);
  else org.writer.delete(type, id, access);
  return { id, created: false };
}

function reply(status: number, job: BulkJob): Reply {
  const { id, object, operation, externalIdFieldName, state, createdById, createdDate, rows } = job;
  return {
    status,
    body: {
      id,
      object,
      operation,
      externalIdFieldName,
      state,
      createdById,
      createdDate,
      contentType: 'CSV',
      lineEnding: 'LF',
      columnDelimiter: 'COMMA',
      jobType: 'V2Ingest',
      retries: 0,
      numberRecordsProcessed: rows.length,
      numberRecordsFailed: rows.filter(({ error }) => error !== undefined).length,
    },
  };
}

function results(job: BulkJob, isWanted: (row: BulkRow) => boolean): Reply {
  const rows = job.rows.filter(isWanted).map(({ sent, id, created, error }) => ({
    sf__Id: id,
    ...(error === undefined ? { sf__Created: String(created) } : { sf__Error: error }),
    ...sent,
  }));
  return { status: 200, body: stringify(rows, { header: true }), contentType: 'text/csv' };
}
