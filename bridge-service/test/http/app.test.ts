import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { readinessOf, type ReadinessRow } from '../../src/domain/readiness.ts';
import { createApp } from '../../src/http/app.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.close();
  if (server) await once(server, 'close');
  server = undefined;
});

async function get(path: string, rows: readonly ReadinessRow[] = []): Promise<Response> {
  server = createApp({ readiness: () => readinessOf(rows) }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${path}`, { headers: { connection: 'close' } });
}

const dimensions = ['cost', 'latency', 'safety', 'governance', 'reliability', 'accountability', 'evaluation'] as const;

describe('GET /healthz', () => {
  it('answers while the process serves requests', async () => {
    const response = await get('/healthz');
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
  });
});

describe('GET /v1/readiness', () => {
  it('blocks on every dimension that nothing answers', async () => {
    const response = await get('/v1/readiness');
    expect(response.status).toBe(503);
    const { ready, rows } = (await response.json()) as { ready: boolean; rows: ReadinessRow[] };
    expect(ready).toBe(false);
    expect(rows.map(({ dimension, status }) => [dimension, status])).toEqual(
      dimensions.map((dimension) => [dimension, 'unknown']),
    );
  });

  it('is ready only when every dimension is met', async () => {
    const met = dimensions.map((dimension): ReadinessRow => ({ dimension, status: 'met', evidence: 'test' }));
    expect((await get('/v1/readiness', met)).status).toBe(200);
  });

  it('blocks when one row of a met dimension is not', async () => {
    const rows = dimensions.map((dimension): ReadinessRow => ({ dimension, status: 'met', evidence: 'test' }));
    const response = await get('/v1/readiness', [
      ...rows,
      { dimension: 'cost', status: 'unmet', evidence: 'no ceiling' },
    ]);
    expect(response.status).toBe(503);
  });
});

describe('an unknown path', () => {
  it('is a problem document, not a stack trace', async () => {
    const response = await get('/nowhere');
    expect([response.status, response.headers.get('content-type'), response.headers.get('x-powered-by')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
      null,
    ]);
  });
});
