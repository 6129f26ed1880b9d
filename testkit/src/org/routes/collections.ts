import { SalesforceError } from '../errors.ts';
import type { Reply } from '../http/messages.ts';
import { isId } from '../ids.ts';
import type { Values } from '../records/recordWriter.ts';
import type { ObjectType } from '../schema/objectType.ts';
import { ColumnFinder } from '../soql/columns.ts';
import { renderRecord } from '../soql/renderRecord.ts';
import { bodyObject, isObject, objectType, recordId, type DataRequest, type DataRoute } from './dataRequest.ts';
import { dataSourceFor } from './dataSource.ts';
import { publishEvent } from './publishEvent.ts';
import { upsert } from './upsert.ts';

/** Limit of the platform for one call. */
const mostRecords = 200;

export const collectionRoutes: readonly DataRoute[] = [
  {
    method: 'POST',
    pattern: '/composite/sobjects',
    handle: (request) => writeAll(request, (record) => insert(request, record)),
  },
  {
    method: 'PATCH',
    pattern: '/composite/sobjects',
    handle: (request) => writeAll(request, (record) => update(request, record)),
  },
  { method: 'DELETE', pattern: '/composite/sobjects', handle: removeAll },
  {
    method: 'PATCH',
    pattern: '/composite/sobjects/:type/:field',
    handle: (request, type = '', field = '') =>
      writeAll(request, (record) => upsertRecord(request, objectType(request, type), field, record)),
  },
  {
    method: 'POST',
    pattern: '/composite/sobjects/:type',
    handle: (request, type = '') => retrieve(request, objectType(request, type)),
  },
];

/** What stands in the answer for one record. */
interface RecordResult {
  readonly id?: string;
  readonly success: boolean;
  readonly created?: boolean;
  readonly errors: readonly object[];
}

function writeAll(request: DataRequest, write: (record: Values) => RecordResult): Reply {
  const { allOrNone, records } = bodyObject(request.body);
  if (!Array.isArray(records)) throw new SalesforceError('MISSING_ARGUMENT', 'Must specify records');
  return { status: 200, body: runAll(request, allOrNone === true, records, (record) => write(bodyObject(record))) };
}

function removeAll(request: DataRequest): Reply {
  const { org, access, query } = request;
  const ids = (query.get('ids') ?? '').split(',').filter((id) => id !== '');
  const results = runAll(request, query.get('allOrNone') === 'true', ids, (id) => {
    const type = isId(id) ? org.schema.typeOfId(id) : undefined;
    if (!type) throw new SalesforceError('MALFORMED_ID', `malformed id ${id}`, []);
    org.writer.delete(type, recordId(type, id), access);
    return { id, success: true, errors: [] };
  });
  return { status: 200, body: results };
}

/** One result each; with `allOrNone`, one failure undoes the others. */
function runAll<Item>(
  { org }: DataRequest,
  allOrNone: boolean,
  items: readonly Item[],
  run: (item: Item) => RecordResult,
): readonly RecordResult[] {
  if (items.length > mostRecords) {
    const message = `record limit reached. cannot submit more than ${mostRecords} records into this call`;
    throw new SalesforceError('EXCEEDED_ID_LIMIT', message);
  }
  const start = org.savepoint();
  const results = items.map((item) => resultOf(() => run(item)));
  if (!allOrNone || results.every(({ success }) => success)) return results;
  org.rollback(start);
  return results.map((result) => (result.success ? rolledBack : result));
}

function resultOf(run: () => RecordResult): RecordResult {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof SalesforceError)) throw error;
    const { errorCode, message, fields = [] } = error;
    return { success: false, errors: [{ statusCode: errorCode, message, fields }] };
  }
}

const rolledBack: RecordResult = {
  success: false,
  errors: [
    {
      statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
      message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
      fields: [],
    },
  ],
};

function insert(request: DataRequest, record: Values): RecordResult {
  const { org, access } = request;
  const type = typeOf(request, record);
  if (type.isEvent) return publishEvent(org, access, type, record) as RecordResult;
  return { id: org.writer.insert(type, record, access), success: true, errors: [] };
}

function update(request: DataRequest, record: Values): RecordResult {
  const { org, access } = request;
  const type = typeOf(request, record);
  const { id, Id = id, ...values } = record;
  if (typeof Id !== 'string') throw new SalesforceError('MISSING_ARGUMENT', 'Id not specified in an update call', []);
  org.writer.update(type, recordId(type, Id), values, access);
  return { id: recordId(type, Id), success: true, errors: [] };
}

function upsertRecord(request: DataRequest, type: ObjectType, field: string, record: Values): RecordResult {
  const { [field]: value, ...values } = record;
  const { id, created } = upsert(request.org, request.access, type, field, value, values);
  return { id, success: true, created, errors: [] };
}

function typeOf(request: DataRequest, { attributes }: Values): ObjectType {
  const type = isObject(attributes) ? attributes['type'] : undefined;
  if (typeof type === 'string') return objectType(request, type);
  throw new SalesforceError('INVALID_TYPE', 'Must send a concrete entity type.', []);
}

/** Records by id, in the order asked for; null for those the user does not see. */
function retrieve(request: DataRequest, type: ObjectType): Reply {
  const { org, access, basePath } = request;
  const { ids, fields } = bodyObject(request.body);
  if (!isTextList(ids) || !isTextList(fields)) {
    throw new SalesforceError('MISSING_ARGUMENT', 'Must specify ids and fields');
  }
  const data = dataSourceFor(org, access);
  const finder = new ColumnFinder('', data);
  const columns = fields.map((text) => finder.column(type, { text, at: 0 }));
  const records = ids.map((id) => {
    const record = data.find(type, recordId(type, id));
    return record ? renderRecord(type, record, columns, basePath) : null;
  });
  return { status: 200, body: records };
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
