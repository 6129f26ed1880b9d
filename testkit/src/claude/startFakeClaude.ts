import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FakeBatches, type FakeBatchEnd } from './batches.ts';
import type { FakeAnswer, FakeBehaviour, FakeWire } from './behaviour.ts';
import { text } from './behaviour.ts';
import { type FakeMessage, encodeEvent, eventsOf } from './events.ts';
import { countTokens, PromptCache, usageOf } from './usage.ts';

/** A request that reached the server: the proof of what left the process. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** As it came, so that a test can search every byte. */
  readonly raw: string;
  /** Parsed; undefined where it is no JSON. */
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

export interface FakeModel {
  readonly id: string;
  readonly lifecycle: 'active' | 'deprecated' | 'retired';
}

export interface FakeClaude {
  readonly url: string;
  readonly received: readonly ReceivedRequest[];
  /** Requests for messages only. */
  readonly asked: readonly ReceivedRequest[];
  /** Behaviours for the next requests for messages, in this order; then `fallback` again. */
  enqueue(...behaviours: readonly FakeBehaviour[]): void;
  /** Ends every batch that is in progress; its requests take what is queued, as others do. */
  endBatches(how?: FakeBatchEnd): void;
  /** Forgets what is queued and answers `ok` again. */
  reset(): void;
  /** What happens to every request for which nothing is queued. */
  respondWith(fallback: (request: ReceivedRequest) => FakeBehaviour): void;
  /** What happens to requests about models, until `reset`. */
  failModelsWith(behaviour: Exclude<FakeBehaviour, { kind: 'answer' }>): void;
  close(): Promise<void>;
}

export interface FakeClaudeOptions {
  readonly models?: readonly FakeModel[];
  /** Keys that are let in; any key if missing. */
  readonly apiKeys?: readonly string[];
}

/** A request within a batch has no envelope of its own. */
const nowhere: ReceivedRequest = { method: 'POST', path: '/v1/messages', headers: {}, raw: '', body: undefined };

const PARAMETERS_GONE = ['temperature', 'top_p', 'top_k'];

/**
 * The Messages API over real HTTP, for the real SDK: streams, usage with a prompt cache, token counts,
 * models, errors. Listens on loopback.
 */
export async function startFakeClaude(options: FakeClaudeOptions = {}): Promise<FakeClaude> {
  const received: ReceivedRequest[] = [];
  const queue: FakeBehaviour[] = [];
  const cache = new PromptCache();
  let fallback: (request: ReceivedRequest) => FakeBehaviour = () => text('ok');
  let modelsFault: FakeBehaviour | undefined;
  let messages = 0;

  const server = createServer((request, response) => {
    void handle(request, response).catch(() => response.destroy());
  });

  const batches = new FakeBatches({
    behaviourOf: (params) => queue.shift() ?? fallback({ ...nowhere, body: params }),
    messageOf: (behaviour, params) => {
      messages += 1;
      const message = messageOf(behaviour, { ...nowhere, body: params }, messages, cache);
      return { ...message, usage: { ...message.usage, service_tier: 'batch', ...behaviour.usage } };
    },
  });

  async function handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await receive(incoming);
    received.push(request);
    const requestId = `req_${String(received.length).padStart(6, '0')}`;
    const refused = refuse(request, options);
    if (refused) {
      await send(response, requestId, refused, request);
    } else if (request.path.startsWith('/v1/models/') && modelsFault !== undefined) {
      await send(response, requestId, modelsFault, request);
    } else if (request.path.startsWith('/v1/models/')) {
      sendModel(response, requestId, request.path, options.models ?? []);
    } else if (batches.answer(request.path, request.body, `http://${String(request.headers.host)}`, response)) {
      return;
    } else if (request.path === '/v1/messages/count_tokens') {
      json(response, 200, { input_tokens: countTokens(request.body) }, requestId);
    } else {
      await send(response, requestId, queue.shift() ?? fallback(request), request);
    }
  }

  async function send(
    response: ServerResponse,
    requestId: string,
    behaviour: FakeBehaviour,
    request: ReceivedRequest,
  ): Promise<void> {
    switch (behaviour.kind) {
      case 'reset':
        response.socket?.resetAndDestroy();
        return;
      case 'raw':
        response.writeHead(behaviour.status, { 'content-type': behaviour.contentType, 'request-id': requestId });
        response.end(behaviour.body);
        return;
      case 'error':
        if (!(await pause(response, behaviour.headerDelayMs))) return;
        json(
          response,
          behaviour.status,
          errorBody(behaviour.type, requestId, behaviour.errorCode),
          requestId,
          behaviour.headers,
        );
        return;
      case 'answer': {
        if (!(await pause(response, behaviour.headerDelayMs))) return;
        messages += 1;
        const message = messageOf(behaviour, request, messages, cache);
        if (request.body?.['stream'] === true) await stream(response, requestId, message, behaviour);
        else await writeCut(response, 200, 'application/json', requestId, [JSON.stringify(message)], behaviour);
      }
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    get asked() {
      return received.filter(({ path }) => path === '/v1/messages');
    },
    enqueue: (...behaviours) => {
      queue.push(...behaviours);
    },
    endBatches: (how = 'answered') => {
      batches.end(how);
    },
    reset: () => {
      queue.length = 0;
      modelsFault = undefined;
      fallback = () => text('ok');
    },
    respondWith: (next) => {
      fallback = next;
    },
    failModelsWith: (behaviour) => {
      modelsFault = behaviour;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks).toString('utf8');
  const path = new URL(incoming.url ?? '/', 'http://fake').pathname;
  return { method: incoming.method ?? '', path, headers: incoming.headers, raw, body: parse(raw) };
}

function parse(raw: string): ReceivedRequest['body'] {
  try {
    return JSON.parse(raw) as ReceivedRequest['body'];
  } catch {
    return undefined;
  }
}

/** What the API refuses before it looks for a model. */
function refuse(request: ReceivedRequest, { apiKeys }: FakeClaudeOptions): FakeBehaviour | undefined {
  const key = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  if (key === undefined || (apiKeys && !apiKeys.includes(key))) {
    return { kind: 'error', status: 401, type: 'authentication_error' };
  }
  if (request.path !== '/v1/messages') return undefined;
  if (request.raw.length > 32 * 1024 * 1024) return { kind: 'error', status: 413, type: 'request_too_large' };
  const { body } = request;
  const wellFormed =
    typeof body?.['model'] === 'string' && typeof body['max_tokens'] === 'number' && Array.isArray(body['messages']);
  if (!wellFormed || PARAMETERS_GONE.some((name) => name in body)) {
    return { kind: 'error', status: 400, type: 'invalid_request_error' };
  }
  return undefined;
}

function messageOf(
  answer: FakeAnswer,
  { body = {} }: ReceivedRequest,
  number: number,
  cache: PromptCache,
): FakeMessage {
  const prompt = { system: body['system'], messages: body['messages'], tools: body['tools'] };
  const usage = usageOf(prompt, answer.content, cache.use(prompt));
  return {
    id: `msg_${String(number).padStart(6, '0')}`,
    type: 'message',
    role: 'assistant',
    model: answer.model ?? String(body['model']),
    content: answer.content,
    stop_reason:
      answer.stopReason ?? (answer.content.some(({ type }) => type === 'tool_use') ? 'tool_use' : 'end_turn'),
    stop_sequence: null,
    stop_details: answer.stopDetails ?? null,
    usage: { ...usage, ...answer.usage },
  };
}

async function stream(
  response: ServerResponse,
  requestId: string,
  message: FakeMessage,
  wire: FakeWire,
): Promise<void> {
  const events = eventsOf(message);
  const sent = wire.withoutMessageStop ? events.slice(0, -1) : events;
  const parts = sent.map(encodeEvent);
  if (wire.errorEvent) {
    const { index, type } = wire.errorEvent;
    parts.splice(index, parts.length, encodeEvent({ ...errorBody(type, requestId), type: 'error' }));
  }
  await writeCut(response, 200, 'text/event-stream', requestId, parts, wire);
}

async function writeCut(
  response: ServerResponse,
  status: number,
  contentType: string,
  requestId: string,
  parts: readonly string[],
  { cut, eventDelayMs }: FakeWire,
): Promise<void> {
  response.writeHead(status, { 'content-type': contentType, 'request-id': requestId });
  response.flushHeaders();
  let left = cut?.afterBytes ?? Infinity;
  for (const part of parts) {
    if (!(await pause(response, eventDelayMs))) return;
    const bytes = Buffer.from(part);
    if (bytes.length > left || (bytes.length === left && cut)) {
      await new Promise<void>((resolve) =>
        response.write(bytes.subarray(0, left), () => {
          resolve();
        }),
      );
      if (cut?.how === 'reset') response.socket?.resetAndDestroy();
      else if (cut?.how === 'end') response.end();
      return;
    }
    left -= bytes.length;
    response.write(bytes);
  }
  response.end();
}

/** False when the caller has gone in the meantime. */
async function pause(response: ServerResponse, ms: number | undefined): Promise<boolean> {
  if (ms !== undefined && ms > 0) {
    const gone = Promise.withResolvers<undefined>();
    response.once('close', () => {
      gone.resolve(undefined);
    });
    const timer = Promise.withResolvers<undefined>();
    const handle = setTimeout(() => {
      timer.resolve(undefined);
    }, ms);
    await Promise.race([timer.promise, gone.promise]);
    clearTimeout(handle);
  }
  return !response.destroyed;
}

function sendModel(response: ServerResponse, requestId: string, path: string, models: readonly FakeModel[]): void {
  const model = models.find(({ id }) => id === decodeURIComponent(path.slice('/v1/models/'.length)));
  if (!model) json(response, 404, errorBody('not_found_error', requestId), requestId);
  else json(response, 200, { type: 'model', display_name: model.id, ...model, retires_at: null }, requestId);
}

function errorBody(type: string, requestId: string, errorCode?: string): Record<string, unknown> {
  return {
    type: 'error',
    error: {
      type,
      message: 'Wording that may change; do not match on it.',
      details: errorCode === undefined ? null : { error_code: errorCode },
    },
    request_id: requestId,
  };
}

function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  requestId: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', 'request-id': requestId, ...headers });
  response.end(JSON.stringify(body));
}
