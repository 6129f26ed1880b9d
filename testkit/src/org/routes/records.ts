import { notFound } from '../errors.ts';
import type { Reply } from '../http/messages.ts';
import type { ObjectType, StoredRecord } from '../schema/objectType.ts';
import { ColumnFinder } from '../soql/columns.ts';
import { renderRecord } from '../soql/renderRecord.ts';
import { bodyObject, objectType, recordId, type DataRequest, type DataRoute } from './dataRequest.ts';
import { dataSourceFor } from './dataSource.ts';
import { publishEvent } from './publishEvent.ts';
import { findByExternalId, upsert } from './upsert.ts';

export const recordRoutes: readonly DataRoute[] = [
  { method: 'POST', pattern: '/sobjects/:type', handle: (request, type = '') => create(request, type) },
  {
    method: 'GET',
    pattern: '/sobjects/:type/:id',
    handle: (request, type = '', id = '') => get(request, objectType(request, type), id),
  },
  {
    method: 'PATCH',
    pattern: '/sobjects/:type/:id',
    handle: (request, type = '', id = '') => update(request, objectType(request, type), id),
  },
  {
    method: 'DELETE',
    pattern: '/sobjects/:type/:id',
    handle: (request, type = '', id = '') => remove(request, objectType(request, type), id),
  },
  {
    method: 'GET',
    pattern: '/sobjects/:type/:field/:value',
    handle: (request, type = '', field = '', value = '') =>
      withTheOne(request, objectType(request, type), field, value, (object, id) => get(request, object, id)),
  },
  {
    method: 'PATCH',
    pattern: '/sobjects/:type/:field/:value',
    handle: (request, type = '', field = '', value = '') => upsertOne(request, objectType(request, type), field, value),
  },
  {
    method: 'DELETE',
    pattern: '/sobjects/:type/:field/:value',
    handle: (request, type = '', field = '', value = '') =>
      withTheOne(request, objectType(request, type), field, value, (object, id) => remove(request, object, id)),
  },
];

function create(request: DataRequest, name: string): Reply {
  const { org, access, basePath } = request;
  const type = objectType(request, name);
  const values = bodyObject(request.body);
  if (type.isEvent) return { status: 201, body: publishEvent(org, access, type, values) };
  const id = org.writer.insert(type, values, access);
  const headers = { Location: `${basePath}/sobjects/${type.name}/${id}` };
  return { status: 201, body: { id, success: true, errors: [] }, headers };
}

function get(request: DataRequest, type: ObjectType, id: string): Reply {
  const { org, access, basePath } = request;
  const data = dataSourceFor(org, access);
  const record = data.find(type, recordId(type, id));
  if (!record) throw notFound();
  const finder = new ColumnFinder('', data);
  const wanted = request.query.get('fields')?.split(',');
  const names = wanted ?? type.fields.filter((field) => access.canReadField(type, field)).map(({ name }) => name);
  const columns = names.map((name) => finder.column(type, { text: name.trim(), at: 0 }));
  return { status: 200, body: renderRecord(type, record, columns, basePath) };
}

function update(request: DataRequest, type: ObjectType, id: string): Reply {
  const { org, access } = request;
  const target = recordId(type, id);
  const since = request.headers['if-unmodified-since'];
  const record = dataSourceFor(org, access).find(type, target);
  if (since !== undefined && record && wasModifiedAfter(record, since)) return { status: 412 };
  org.writer.update(type, target, bodyObject(request.body), access);
  return { status: 204 };
}

function remove({ org, access }: DataRequest, type: ObjectType, id: string): Reply {
  org.writer.delete(type, recordId(type, id), access);
  return { status: 204 };
}

/** The header counts in whole seconds. */
function wasModifiedAfter(record: StoredRecord, since: string): boolean {
  const modified = Date.parse(String(record['LastModifiedDate']).replace('+0000', 'Z'));
  return Math.floor(modified / 1000) > Math.floor(Date.parse(since) / 1000);
}

function upsertOne(request: DataRequest, type: ObjectType, field: string, value: string): Reply {
  const { org, access, body } = request;
  const matches = findByExternalId(org, access, type, field, value);
  if (matches.length > 1) return severalFound(request, type, matches);
  const { id, created } = upsert(org, access, type, field, value, bodyObject(body));
  return { status: created ? 201 : 200, body: { id, success: true, errors: [], created } };
}

function withTheOne(
  request: DataRequest,
  type: ObjectType,
  field: string,
  value: string,
  handle: (type: ObjectType, id: string) => Reply,
): Reply {
  const matches = findByExternalId(request.org, request.access, type, field, value);
  const [id] = matches;
  if (id === undefined) throw notFound();
  return matches.length > 1 ? severalFound(request, type, matches) : handle(type, id);
}

function severalFound({ basePath }: DataRequest, { name }: ObjectType, ids: readonly string[]): Reply {
  return { status: 300, body: ids.map((id) => `${basePath}/sobjects/${name}/${id}`) };
}
