import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeComment {
  readonly id: number;
  readonly author: string;
  body: string;
}

/** A refusal that the next request meets. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface FakeHost {
  readonly url: string;
  readonly comments: FakeComment[];
  readonly refusals: Refusal[];
  /** `GET /path?query`, in order. */
  readonly requests: readonly string[];
  /** What was sent to prove who asks, each once. */
  readonly credentials: ReadonlySet<string>;
  close(): Promise<void>;
}

/**
 * The comments of pull request 7 of `acme/agents` as GitHub's REST API has them, and the notes of merge
 * request 7 of project 42 as GitLab's has them; whoever asks is `readiness-bot`.
 */
export async function startFakeHost(me = 'readiness-bot'): Promise<FakeHost> {
  const comments: FakeComment[] = [];
  const refusals: Refusal[] = [];
  const requests: string[] = [];
  const credentials = new Set<string>();
  const ids = new Map<string, number>();
  const idOf = (login: string): number => {
    ids.set(login, ids.get(login) ?? ids.size + 1);
    return ids.get(login) ?? 0;
  };
  const toJson = ({ id, body, author }: FakeComment): object => ({
    id,
    body,
    user: { login: author },
    author: { id: idOf(author) },
  });

  const answer = (method: string, url: URL, body: string): object | undefined => {
    const list = /^\/(?:repos\/acme\/agents\/issues\/7\/comments|projects\/42\/merge_requests\/7\/notes)$/;
    const one = /^\/(?:repos\/acme\/agents\/issues\/comments|projects\/42\/merge_requests\/7\/notes)\/(\d+)$/;
    const [, id] = one.exec(url.pathname) ?? [];
    if (method === 'GET' && url.pathname === '/user') return { id: idOf(me) };
    if (list.test(url.pathname) && method === 'GET') {
      const [size, page] = [Number(url.searchParams.get('per_page')), Number(url.searchParams.get('page'))];
      return comments.slice((page - 1) * size, page * size).map(toJson);
    }
    const text = body === '' ? '' : (JSON.parse(body) as { body: string }).body;
    if (list.test(url.pathname) && method === 'POST') {
      const created = { id: 1000 + comments.length, author: me, body: text };
      comments.push(created);
      return toJson(created);
    }
    const found = comments.find((comment) => String(comment.id) === id);
    if (found === undefined || !['PATCH', 'PUT'].includes(method)) return undefined;
    found.body = text;
    return toJson(found);
  };

  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '/', 'http://localhost');
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      credentials.add(request.headers.authorization ?? String(request.headers['private-token']));
      const body = await textOf(request);
      const refusal = refusals.shift();
      if (refusal) {
        response.writeHead(refusal.status, refusal.headers).end('{"message":"refused"}');
        return;
      }
      const found = answer(request.method ?? '', url, body);
      response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
      response.end(JSON.stringify(found ?? { message: 'Not Found' }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    comments,
    refusals,
    requests,
    credentials,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
