import { SalesforceError } from '../errors.ts';
import type { Reply } from '../http/messages.ts';
import { columnMetadata } from '../soql/columnMetadata.ts';
import { compileQuery } from '../soql/compileQuery.ts';
import { dataSourceFor } from './dataSource.ts';
import type { DataRequest, DataRoute } from './dataRequest.ts';

/** Records in one answer, unless the client asks for fewer; the least it can ask for. */
const batchSize = { default: 2000, smallest: 200 };

export const queryRoutes: readonly DataRoute[] = [
  { method: 'GET', pattern: '/query', handle: (request) => query(request, false) },
  { method: 'GET', pattern: '/queryAll', handle: (request) => query(request, true) },
  { method: 'GET', pattern: '/tooling/query', handle: (request) => query(request, false) },
  { method: 'GET', pattern: '/query/:locator', handle: (request, locator = '') => queryMore(request, locator) },
];

function query(request: DataRequest, withDeleted: boolean): Reply {
  const { org, access, basePath } = request;
  const text = request.query.get('q');
  if (text === null) throw new SalesforceError('MALFORMED_QUERY', 'A query string has to be specified');
  const data = dataSourceFor(org, access);
  const compiled = compileQuery(text, data, { withDeleted, basePath });
  if (request.query.get('columns') === 'true') return { status: 200, body: columnMetadata(compiled) };
  const { records, totalSize } = compiled.run(data.rows(compiled.type, withDeleted));
  return page(request, { records, totalSize, from: 0, cursor: undefined });
}

function queryMore(request: DataRequest, locator: string): Reply {
  const { org, access } = request;
  const [cursor = '', from] = locator.split('-');
  const held = org.cursors.get(cursor);
  if (held?.userId !== access.userId || !/^\d+$/.test(from ?? '')) {
    throw new SalesforceError('INVALID_QUERY_LOCATOR', 'invalid query locator');
  }
  return page(request, { records: held.records, totalSize: held.records.length, from: Number(from), cursor });
}

interface Page {
  readonly records: readonly object[];
  readonly totalSize: number;
  readonly from: number;
  /** The cursor that holds the records already. */
  readonly cursor: string | undefined;
}

function page(request: DataRequest, { records, totalSize, from, cursor }: Page): Reply {
  const to = from + wantedSize(request);
  const shown = records.slice(from, to);
  if (to >= records.length) return { status: 200, body: { totalSize, done: true, records: shown } };
  const { org, access, basePath } = request;
  const id = cursor ?? org.ids.next('01g');
  if (cursor === undefined) org.cursors.set(id, { userId: access.userId, records });
  return {
    status: 200,
    body: { totalSize, done: false, nextRecordsUrl: `${basePath}/query/${id}-${to}`, records: shown },
  };
}

function wantedSize({ headers }: DataRequest): number {
  const [, wanted] = /batchSize=(\d+)/i.exec(String(headers['sforce-query-options'] ?? '')) ?? [];
  if (wanted === undefined) return batchSize.default;
  return Math.min(Math.max(Number(wanted), batchSize.smallest), batchSize.default);
}
