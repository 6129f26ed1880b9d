import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { SalesforceError } from '../errors.ts';
import type { Fault, Faults } from './faults.ts';
import { bearerToken, errorReply, type HttpRequest, type Reply } from './messages.ts';

/** Larger than any request the platform takes, in bytes. */
const largestBody = 64 * 1024 * 1024;

/** One request and how it ended, in order of arrival. Without headers and bodies: they hold secrets. */
export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  /** Absent while it runs, and when the connection was broken. */
  status: number | undefined;
  readonly fault: Fault['kind'] | undefined;
}

export interface ServerParts {
  readonly faults: Faults;
  readonly log: LoggedRequest[];
  readonly handle: (request: HttpRequest, url: string) => Promise<Reply>;
  readonly expireSession: (token: string) => void;
  /** Bugs of the org itself: they must not pass as errors of the platform. */
  readonly onBug: (error: unknown) => void;
}

export interface RunningServer {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

/** Listens on the loopback interface, on a port that is free. */
export async function startServer(parts: ServerParts): Promise<RunningServer> {
  const stopped = new AbortController();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, parts, url, stopped.signal).catch((error: unknown) => {
      if (!stopped.signal.aborted) parts.onBug(error);
      outgoing.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        stopped.abort();
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  parts: ServerParts,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const request = await readRequest(incoming);
  const { method, path } = request;
  const fault = parts.faults.take(method, path);
  const entry: LoggedRequest = { method, path, status: undefined, fault: fault?.kind };
  parts.log.push(entry);
  if (fault?.kind === 'reset' && fault.when === 'before') return void incoming.socket.resetAndDestroy();
  if (fault?.kind === 'latency') await wait(fault.ms, undefined, { signal });
  if (fault?.kind === 'sessionExpired') parts.expireSession(bearerToken(request) ?? '');
  const reply = shorten(faultReply(fault) ?? (await replyTo(request, parts, url)), fault);
  if (fault?.kind === 'reset') return void incoming.socket.resetAndDestroy();
  entry.status = reply.status;
  await send(outgoing, reply, fault, signal);
}

async function replyTo(request: HttpRequest, { handle, onBug }: ServerParts, url: string): Promise<Reply> {
  try {
    return await handle(request, url);
  } catch (error) {
    if (error instanceof SalesforceError) return errorReply(error);
    onBug(error);
    return errorReply(new SalesforceError('UNKNOWN_EXCEPTION', `An unexpected error occurred: ${String(error)}`));
  }
}

function faultReply(fault: Fault | undefined): Reply | undefined {
  if (fault?.kind === 'error') {
    return errorReply(new SalesforceError(fault.errorCode, fault.message ?? 'A planned fault'));
  }
  if (fault?.kind !== 'status') return undefined;
  const page = '<html><body>The service is not available</body></html>';
  return { status: fault.status, body: fault.body ?? page, contentType: 'text/html' };
}

function shorten(reply: Reply, fault: Fault | undefined): Reply {
  if (fault?.kind !== 'halfAnsweredComposite') return reply;
  const { compositeResponse } = (reply.body ?? {}) as { readonly compositeResponse?: readonly unknown[] };
  if (!compositeResponse) throw new Error('halfAnsweredComposite was planned for an answer that is not composite');
  return { ...reply, body: { compositeResponse: compositeResponse.slice(0, fault.answered) } };
}

async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > largestBody) throw new Error(`A request of more than ${largestBody} bytes`);
    chunks.push(chunk);
  }
  // The Salesforce CLI stores the address of an org with a slash, and then asks for //services/data.
  const [path = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  return {
    method: incoming.method ?? 'GET',
    path: path.replace(/\/{2,}/g, '/'),
    query: new URLSearchParams(query),
    headers: incoming.headers,
    body: Buffer.concat(chunks),
  };
}

async function send(
  outgoing: ServerResponse,
  { status, body, contentType, headers }: Reply,
  fault: Fault | undefined,
  signal: AbortSignal,
): Promise<void> {
  const bytes = Buffer.from(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body));
  outgoing.writeHead(status, {
    ...(bytes.length > 0 && { 'content-type': contentType ?? 'application/json;charset=UTF-8' }),
    ...(status !== 204 && { 'content-length': bytes.length }),
    ...headers,
  });
  if (fault?.kind === 'truncatedBody') {
    // Written before the end of the connection: the client has seen the status and half an answer.
    await new Promise((resolve) => outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), resolve));
    outgoing.destroy();
    return;
  }
  if (fault?.kind === 'slowBody') await trickle(outgoing, bytes, fault.pieces, fault.msBetween, signal);
  else outgoing.end(bytes);
}

async function trickle(
  outgoing: ServerResponse,
  bytes: Buffer,
  pieces: number,
  msBetween: number,
  signal: AbortSignal,
): Promise<void> {
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  for (let from = 0; from < bytes.length && !outgoing.destroyed; from += size) {
    outgoing.write(bytes.subarray(from, from + size));
    await wait(msBetween, undefined, { signal });
  }
  outgoing.end();
}
