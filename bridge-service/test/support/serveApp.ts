import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createRunner, type Runner } from '../../src/app/run/runner.ts';
import { readinessOf } from '../../src/domain/readiness.ts';
import type { AccessRole, AccessToken } from '../../src/http/access.ts';
import { createApp } from '../../src/http/app.ts';
import { createAccessTokens } from '../../src/http/oauth/accessTokens.ts';
import type { HttpOptions } from '../../src/http/options.ts';
import { orgParty, otherOrgParty } from './parties.ts';
import type { TestBridge } from './testBridge.ts';

export const roles: readonly AccessRole[] = ['operator', 'auditor', 'org', 'monitor'];
export const secretOf = (name: string): string => `token-of-${name}`;
export const bearer = (name: string) => ({ authorization: `Bearer ${secretOf(name)}` });

const token = (name: string, role: AccessRole, org?: string): AccessToken => ({
  name,
  role,
  sha256: createHash('sha256').update(secretOf(name)).digest('hex'),
  ...(org === undefined ? {} : { org }),
});

/** One for each role, under its name, and one of another org. */
const tokens: readonly AccessToken[] = [
  ...roles.map((role) => token(role, role, role === 'org' ? orgParty : undefined)),
  token('other-org', 'org', otherOrgParty),
];

export interface ServedApp {
  readonly url: string;
  readonly runner: Runner;
  readonly close: () => Promise<void>;
}

/** The HTTP surface of a bridge on a port of this machine, known under that address. */
export async function serveApp(bridge: TestBridge, overrides: Partial<HttpOptions> = {}): Promise<ServedApp> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const runner = createRunner(bridge);
  const app = createApp({
    bridge,
    runner,
    tokens,
    accessTokens: createAccessTokens({ key: new Uint8Array(32), issuer: url, clients: tokens, clock: bridge.clock }),
    publicUrl: url,
    metrics: () => Promise.resolve(''),
    readiness: () => Promise.resolve(readinessOf([])),
    limits: { maxBodyBytes: 200_000, maxRunning: 4, syncTimeoutMs: 20_000 },
    ...overrides,
  });
  server.on('request', (request, response) => {
    app(request, response);
  });
  return {
    url,
    runner,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
