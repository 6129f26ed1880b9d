import type { IncomingHttpHeaders } from 'node:http';
import { SalesforceError } from '../errors.ts';

/** A request as it came over the socket. */
export interface HttpRequest {
  readonly method: string;
  /** Without query; runs of slashes are one slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer. A text is sent as it is, anything else as JSON, nothing if there is no body. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function errorReply(error: SalesforceError): Reply {
  return { status: error.status, body: [error.body] };
}

/** @throws SalesforceError `JSON_PARSER_ERROR` */
export function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SalesforceError('JSON_PARSER_ERROR', error instanceof Error ? error.message : String(error));
  }
}

/** The bearer token of a request. */
export function bearerToken({ headers }: HttpRequest): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(headers.authorization ?? '')?.[1];
}
