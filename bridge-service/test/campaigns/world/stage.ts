import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakeOrg } from '@agent-readiness/testkit';
import { startFakeClaude, type FakeClaude } from '@agent-readiness/testkit/claude';
import type { Manifest } from '@agent-readiness/protocol';
import { openDatabase, type Database } from '../../../src/adapters/sql/openDatabase.ts';
import { startBridge, type BridgeProcess } from '../../process/bridgeProcess.ts';
import { clientSecret, startSalesforce } from '../../support/fakeSalesforce.ts';
import { ids, manifest as sampleManifest } from '../../support/offers.ts';
import { bridgeParty, logOrigin, logSeed, orgParty, orgSigner } from '../../support/parties.ts';
import { findPostgres, startPostgres, type PostgresServer } from '../../support/postgres.ts';

export type StoreKind = 'pglite' | 'postgres';

/** Whole bridges in processes of their own, between a fake org and a fake Claude API that outlive them. */
export interface Stage {
  readonly store: StoreKind;
  readonly folder: string;
  readonly org: FakeOrg;
  readonly claude: FakeClaude;
  readonly server: PostgresServer | undefined;
  /** What every bridge is started with. */
  readonly environment: Readonly<Record<string, string>>;
  readonly start: (environment?: Readonly<Record<string, string>>, dies?: AbortSignal) => Promise<BridgeProcess>;
  /** The store as it is, for whoever judges; no bridge may have the embedded one open. */
  readonly openStore: () => Promise<Database>;
  readonly stop: () => Promise<void>;
}

export interface StageOptions {
  readonly store: StoreKind;
  readonly manifest?: Manifest;
  readonly budgets?: Readonly<Record<'agentPerDayUsd' | 'taskPerDayUsd' | 'perDayUsd' | 'perMonthUsd', number>>;
  readonly limits?: Readonly<Record<string, number>>;
  /** Without a log-in nothing is written back, and nobody is called. */
  readonly logIn?: boolean;
  /** Where state goes; a folder of the machine's temporary ones unless told. */
  readonly root?: string;
  /** The address under which the bridge finds the database. */
  readonly databaseUrl?: (url: string) => string;
}

const secret = 'token-of-a-campaign';
const file = (path: string): string => fileURLToPath(new URL(`../../../../${path}`, import.meta.url));
const plenty = { agentPerDayUsd: 10_000, taskPerDayUsd: 10_000, perDayUsd: 10_000, perMonthUsd: 100_000 };

export async function startStage(options: StageOptions): Promise<Stage> {
  const { store, manifest = sampleManifest, budgets = plenty, limits = {}, logIn = true } = options;
  const root = options.root ?? tmpdir();
  const folder = mkdtempSync(join(root, 'campaign-'));
  const programs = findPostgres();
  if (store === 'postgres' && programs === undefined) throw new Error('no PostgreSQL on this machine');
  const server = store === 'postgres' ? await startPostgres(programs ?? '', root) : undefined;
  const direct = await server?.createDatabase();
  const url = direct === undefined ? undefined : (options.databaseUrl?.(direct) ?? direct);
  const [{ org, integrationUser }, claude] = await Promise.all([startSalesforce(), startFakeClaude()]);

  const sha256 = createHash('sha256').update(secret).digest('hex');
  const data = join(folder, 'data');
  mkdirSync(data);
  writeFileSync(join(folder, 'authority.lock.json'), JSON.stringify(manifest));
  const settings = {
    port: 0,
    party: bridgeParty,
    manifest: join(folder, 'authority.lock.json'),
    owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
    log: { origin: logOrigin },
    signing: { certificate: readFileSync(file('scripts/vectors/testOnlyKeys/bridge.cert.pem'), 'utf8') },
    orgs: [
      {
        party: orgParty,
        certificates: [file('scripts/vectors/testOnlyKeys/org.cert.pem')],
        pins: [`cert:${orgSigner.thumbprint}`],
        ...(logIn ? { login: { url: org.url, clientId: 'bridge' } } : {}),
      },
    ],
    integrationUsers: [integrationUser.id, ids.integrationUser],
    tokens: [{ name: 'operator', role: 'operator', sha256 }],
    budgets,
    limits,
    anthropic: { baseUrl: claude.url },
  };
  writeFileSync(join(folder, 'bridge.yaml'), JSON.stringify(settings));
  const environment = {
    BRIDGE_CONFIG: join(folder, 'bridge.yaml'),
    BRIDGE_DATA: data,
    BRIDGE_MASTER_KEY: createHash('sha256').update('TEST ONLY master key').digest('base64'),
    BRIDGE_SIGNING_KEY: readFileSync(file('scripts/vectors/testOnlyKeys/bridge.key.pem'), 'utf8'),
    BRIDGE_LOG_SEED: Buffer.from(logSeed).toString('base64'),
    BRIDGE_ORG_CLIENT_SECRET: clientSecret,
    ANTHROPIC_API_KEY: 'sk-of-a-campaign',
    // A campaign starts the same program hundreds of times.
    NODE_COMPILE_CACHE: join(tmpdir(), 'campaign-compile-cache'),
    ...(url === undefined ? {} : { DATABASE_URL: url }),
  };
  const started: BridgeProcess[] = [];
  return {
    store,
    folder,
    org,
    claude,
    server,
    environment,
    async start(more = {}, dies) {
      const bridge = await startBridge({ ...environment, ...more }, dies);
      started.push(bridge);
      return bridge;
    },
    openStore: () =>
      openDatabase(
        direct === undefined
          ? { kind: 'pglite', folder: join(data, 'store') }
          : { kind: 'postgres', url: direct, maxConnections: 2 },
      ),
    async stop() {
      for (const bridge of started) await bridge.kill();
      await server?.stop();
      await claude.close();
      await org.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Asks a bridge as its operator. */
export function ask({ url }: Pick<BridgeProcess, 'url'>, path: string, withinMs = 60_000): Promise<Response> {
  const headers = { authorization: `Bearer ${secret}` };
  return fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(withinMs) });
}
