import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Validator } from '@seriousme/openapi-schema-validator';
import { openDatabase, type Database } from '../../src/adapters/sql/openDatabase.ts';
import { createRunner } from '../../src/app/run/runner.ts';
import { createApp } from '../../src/http/app.ts';
import { openApiDocument } from '../../src/http/contract/openApi.ts';
import { operations } from '../../src/http/contract/operations.ts';
import { createAccessTokens } from '../../src/http/oauth/accessTokens.ts';
import { must } from '../support/must.ts';
import { openStore } from '../support/sqlStore.ts';
import { bearer, roles, serveApp, type ServedApp } from '../support/serveApp.ts';
import { createTestBridge } from '../support/testBridge.ts';

jest.setTimeout(60_000);

const read = (name: string): string => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8');
const committed = JSON.parse(read('openapi.json')) as Document;
const { version } = JSON.parse(read('package.json')) as { version: string };

interface OpenApiOperation {
  readonly operationId: string;
  readonly description: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  readonly 'x-sfdc'?: { readonly agent: { readonly action: { readonly publishAsAgentAction: boolean } } };
}

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

const listed = Object.entries(committed.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, method, path, operation })),
);

let database: Database | undefined;
let served: ServedApp | undefined;
beforeAll(async () => {
  database = await openDatabase({ kind: 'memory' });
  served = await serveApp(createTestBridge(openStore(database)));
}, 120_000);
afterAll(async () => {
  await served?.close();
  await database?.close();
});

interface Layer {
  readonly route?: { readonly path: string; readonly methods: Readonly<Record<string, boolean>> };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** Every route that Express has, as OpenAPI writes it. */
function routesOf(layers: readonly Layer[]): readonly string[] {
  return layers.flatMap(({ route, handle }) =>
    route === undefined
      ? routesOf(handle?.stack ?? [])
      : Object.keys(route.methods).map((method) => `${method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`),
  );
}

describe('openapi.json', () => {
  it('is what the routes say; npm run generate writes it', () => {
    expect(committed).toEqual(JSON.parse(JSON.stringify(openApiDocument(version))));
  });

  it('is a valid OpenAPI 3.0 document', async () => {
    const { valid, errors } = await new Validator().validate({ ...committed });
    expect([valid, errors]).toEqual([true, undefined]);
    expect(committed.openapi).toBe('3.0.3');
  });

  it('has every route of Express, and no other', () => {
    const bridge = createTestBridge(openStore(must(database)));
    const app = createApp({
      bridge,
      runner: createRunner(bridge),
      tokens: [],
      accessTokens: createAccessTokens({ key: new Uint8Array(32), issuer: 'x', clients: [], clock: bridge.clock }),
      publicUrl: 'x',
      metrics: () => Promise.resolve(''),
      readiness: () => Promise.reject(new Error('not asked')),
      limits: { maxBodyBytes: 1, maxRunning: 1, syncTimeoutMs: 1 },
    });
    const routes = routesOf((app as unknown as { router: { stack: readonly Layer[] } }).router.stack);
    expect(routes.toSorted()).toEqual(listed.map(({ name }) => name).toSorted());
    expect(routes.length).toBeGreaterThan(15);
  });

  it('is open to anybody only where a signature speaks, or nothing is told', () => {
    expect(operations.filter((operation) => operation.roles === undefined).map(({ id }) => id)).toEqual([
      'offerHandoff',
      'sendApproval',
      'sendClose',
      'getAccessToken',
      'readAuthorizationServer',
      'readProtectedResource',
      'readHealth',
      'readReady',
    ]);
  });

  it.each(operations.flatMap(({ id, roles: allowed, ...rest }) => (allowed ? [{ id, allowed, ...rest }] : [])))(
    '$id: those roles and nobody else',
    async ({ method, path, allowed, body }) => {
      const address = `${must(served).url}${path.replaceAll(/\{\w+\}/g, 'x')}`;
      const call = async (headers: Record<string, string>): Promise<number> => {
        const init = { method: method.toUpperCase(), headers: { 'content-type': 'application/json', ...headers } };
        return (await fetch(address, body === undefined ? init : { ...init, body: '{}' })).status;
      };
      expect(await call({})).toBe(401);
      for (const role of roles) {
        const status = await call(bearer(role));
        expect([role, status === 401 || status === 403]).toEqual([role, !allowed.includes(role)]);
      }
    },
  );
});

describe('what External Services reads', () => {
  const forOrgs = listed.filter(({ name }) => {
    const { roles: allowed } = must(operations.find(({ method, path }) => `${method} ${path}` === name));
    return allowed === undefined || allowed.includes('org');
  });

  it('media types, names and lengths are within its limits', () => {
    const known = ['application/json', 'application/x-www-form-urlencoded', 'text/plain'];
    for (const { operation } of forOrgs) {
      const types = [operation.requestBody, ...Object.values(operation.responses)].flatMap((part) =>
        Object.keys(part?.content ?? {}),
      );
      expect(types.filter((type) => !known.includes(type))).toEqual([]);
    }
    const ids = listed.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of listed) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]{1,39}$/);
      expect(operation.description.length).toBeLessThanOrEqual(1_333);
    }
    expect(read('openapi.json').length).toBeLessThan(10_000_000);
  });

  it('uses no construct that it does not know, or that a Named Credential is for', () => {
    const names = new Set<string>();
    JSON.stringify(committed, (name, value: unknown) => {
      names.add(name);
      return value;
    });
    const avoided = [
      'not',
      'callbacks',
      'security',
      'securitySchemes',
      'discriminator',
      'additionalProperties',
      'links',
    ];
    expect(avoided.filter((name) => names.has(name))).toEqual([]);
    const parameters = listed.flatMap(({ operation }) => operation.parameters ?? []);
    expect(parameters.filter((parameter) => !['path', 'query'].includes(parameter.in))).toEqual([]);
    for (const methods of Object.values(committed.paths)) expect(methods).not.toHaveProperty('servers');
  });

  it('offers an agent the claim check, and nothing else', () => {
    const published = listed.filter(({ operation }) => operation['x-sfdc'] !== undefined);
    expect(
      published.map(({ name, operation }) => [name, operation.parameters?.map((parameter) => parameter.name)]),
    ).toEqual([['get /v1/claims/{handoffId}', ['handoffId']]]);
    expect(published[0]?.operation['x-sfdc']?.agent.action.publishAsAgentAction).toBe(true);
  });
});
