import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, expect, it, jest } from '@jest/globals';
import { exportSpans } from '../../../src/adapters/telemetry/spans.ts';
import type { RunFacts } from '../../../src/ports/watch.ts';

jest.setTimeout(30_000);

const run: RunFacts = {
  txn: '00000000-0000-4000-8000-000000000001',
  agent: 'Order_Agent',
  agentVersion: 'v3',
  task: 'case-summary',
  trace: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  state: 'finished',
  disposition: 'executed',
  reason: '',
  startedMs: 1_800_000_000_000,
  firstShownMs: undefined,
  endedMs: 1_800_000_001_500,
  questions: [],
};

async function collector(status: number) {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(`${request.url ?? ''} ${body}`);
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/v1/traces`;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { bodies, url, close };
}

describe('spans by OTLP', () => {
  it('reach the collector before the bridge ends', async () => {
    const { bodies, url, close } = await collector(200);
    const spans = exportSpans(url);
    spans.watch.ran(run);
    await spans.stop();
    close();
    expect(bodies).toHaveLength(1);
    const [path, body = ''] = bodies[0]?.split(/ (.*)/s) ?? [];
    expect(path).toBe('/v1/traces');
    expect(JSON.parse(body)).toMatchObject({
      resourceSpans: [
        {
          scopeSpans: [
            {
              schemaUrl: 'https://opentelemetry.io/schemas/1.45.0',
              spans: [
                {
                  name: 'invoke_agent Order_Agent',
                  traceId: '0af7651916cd43dd8448eb211c80319c',
                  parentSpanId: 'b7ad6b7169203331',
                  startTimeUnixNano: '1800000000000000000',
                  endTimeUnixNano: '1800000001500000000',
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('that nobody takes hold nothing up', async () => {
    const { url, close } = await collector(400);
    const spans = exportSpans(url);
    spans.watch.ran(run);
    await expect(spans.stop()).resolves.toBeUndefined();
    close();
  });
});
