import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, it } from '@jest/globals';
import type { Unit } from '../../src/ports/store.ts';
import { bearer, serveApp } from '../support/serveApp.ts';
import { createTestBridge } from '../support/testBridge.ts';

const size = 100_000;
const event = { version: 1, txn: '', party: '', at: 0, event: 'x'.repeat(2_000), actor: '', content_sha256: '' };

it('the log is read no faster than whoever asks for it reads, and not at all for who has gone', async () => {
  let read = 0;
  const audit = {
    head: () => Promise.resolve({ size, root: new Uint8Array(32) }),
    entries: (from: number, limit: number) => {
      read = from + limit;
      return Promise.resolve(Array.from({ length: limit }, (_, at) => ({ index: from + at, event, salt: '' })));
    },
  };
  const bridge = createTestBridge({ transaction: (work) => work({ audit } as unknown as Unit) });
  const app = await serveApp(bridge);
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  socket.write(`GET /v1/audit/export HTTP/1.1\r\nHost: x\r\nAuthorization: ${bearer('auditor').authorization}\r\n\r\n`);
  await once(socket, 'data');
  // Without waiting for the reader all of it would be in memory before the first byte is here.
  expect(read).toBeGreaterThan(0);
  expect(read).toBeLessThan(size);
  socket.destroy();
  await app.close();
  expect([read < size, bridge.failures]).toEqual([true, []]);
});
