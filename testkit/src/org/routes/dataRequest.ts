import type { IncomingHttpHeaders } from 'node:http';
import { notFound, SalesforceError } from '../errors.ts';
import type { Reply } from '../http/messages.ts';
import type { Route } from '../http/router.ts';
import { isId, toId18 } from '../ids.ts';
import type { OrgState } from '../orgState.ts';
import type { Values } from '../records/recordWriter.ts';
import type { ObjectType } from '../schema/objectType.ts';
import type { Access } from '../security/access.ts';

/** A request below `/services/data/vNN.0`, of a user who is logged in. */
export interface DataRequest {
  readonly method: string;
  /** Below the version: `/sobjects/Account`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** Parsed from JSON; the text itself if it is CSV. */
  readonly body: unknown;
  /** `/services/data/v68.0`. */
  readonly basePath: string;
  readonly org: OrgState;
  readonly access: Access;
}

/** Handlers run without a pause: a request, a composite one too, sees and makes one consistent change. */
export type DataRoute = Route<DataRequest, Reply>;

/** @throws SalesforceError `NOT_FOUND` when there is no such object for this user */
export function objectType({ org, access }: DataRequest, name: string): ObjectType {
  const type = org.schema.find(name);
  if (!type || !(type.isEvent ? access.can('create', type) : access.can('read', type))) throw notFound();
  return type;
}

export function bodyObject(body: unknown): Values {
  if (isObject(body)) return body;
  throw new SalesforceError(
    'JSON_PARSER_ERROR',
    'The HTTP entity body is required, but this request has no entity body.',
  );
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @throws SalesforceError `MALFORMED_ID` or, for the id of another object, `NOT_FOUND` */
export function recordId(type: ObjectType, id: string): string {
  if (!isId(id)) {
    throw new SalesforceError('MALFORMED_ID', `${type.label} ID: id value of incorrect type: ${id}`, ['Id']);
  }
  if (!id.startsWith(type.keyPrefix)) throw notFound();
  return toId18(id);
}
