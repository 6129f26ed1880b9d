import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canonicalJson, manifestSchema, manifestSchemaVersion, type Manifest } from '@agent-readiness/protocol';
import { loadSigner, loadTrust, type Outcome, type Signer, type Trust } from '@agent-readiness/protocol/handoff';
import { createNoteSigner, formatVerifierKey } from '@agent-readiness/protocol/log';
import type { Database, DatabaseLocation } from '../adapters/sql/openDatabase.ts';
import { createSqlStore, type SqlStoreOptions } from '../adapters/sql/sqlStore.ts';
import { createAesGcm } from '../adapters/system/aesGcm.ts';
import { ed25519PublicKey } from '../adapters/system/developmentKeys.ts';
import { systemClock } from '../adapters/system/systemClock.ts';
import { systemRandom } from '../adapters/system/systemRandom.ts';
import { loadTasks } from '../adapters/tasks/loadTasks.ts';
import type { Bridge } from '../app/bridge.ts';
import type { Config } from '../config/schema.ts';
import type { Callback } from '../ports/callback.ts';
import type { Watch } from '../ports/watch.ts';
import { chooseModel } from './chooseModel.ts';
import { connectOrgs } from './connectOrgs.ts';
import { safeguards } from './safeguards.ts';

/**
 * The bridge from its settings.
 *
 * @throws Error naming the setting or the file that cannot be used
 */
export async function createBridge(
  config: Config,
  watch: Watch,
  database: Database,
  outbox: SqlStoreOptions['outbox'],
): Promise<Bridge> {
  const random = systemRandom;
  const cipher = createAesGcm(random);
  const seed = bytesOf(config.log.seed.reveal());
  const { org, callback } = connectOrgs(config, systemClock);
  return {
    party: config.party,
    replica: random.uuid(),
    policy: policyOf(config),
    manifest: config.manifest === undefined ? nothingReviewed : readManifest(config.manifest),
    tasks: loadTasks(config.tasks),
    trust: await trustOf(config),
    signer: await signerOf(config),
    log: {
      origin: config.log.origin,
      signer: await createNoteSigner(config.log.origin, seed, ed25519PublicKey(seed)),
    },
    store: createSqlStore(database, storeOptionsOf(config, withoutIdleJobs(outbox, callback))),
    clock: systemClock,
    random,
    cipher,
    ...chooseModel(config, { clock: systemClock, random, watch }),
    org,
    callback,
    ...safeguards,
    watch,
  };
}

/** No job is made for an org that nobody can call back. */
function withoutIdleJobs(outbox: SqlStoreOptions['outbox'], callback: Callback): SqlStoreOptions['outbox'] {
  return (transaction) => {
    const jobs = outbox(transaction);
    return {
      wake: (key, atMs) => jobs.wake(key, atMs),
      deliver: (key) => (callback.reaches(key.org) ? jobs.deliver(key) : Promise.resolve()),
    };
  };
}

export function locationOf({ databaseUrl, dataFolder, maxConnections }: Config): DatabaseLocation {
  return databaseUrl === undefined
    ? { kind: 'pglite', folder: `${dataFolder}/store` }
    : { kind: 'postgres', url: databaseUrl.reveal(), maxConnections };
}

/** How the store seals what it keeps. */
export function storeOptionsOf(
  { masterKey, secondMasterKey }: Pick<Config, 'masterKey' | 'secondMasterKey'>,
  outbox: SqlStoreOptions['outbox'],
): SqlStoreOptions {
  return {
    wrapping: {
      cipher: createAesGcm(systemRandom),
      random: systemRandom,
      masterKey: bytesOf(masterKey.reveal()),
      secondMasterKey: secondMasterKey && bytesOf(secondMasterKey.reveal()),
    },
    outbox,
  };
}

/** The public half of the log's key, as C2SP signed notes write it. */
export function logKeyOf({ log }: Pick<Config, 'log'>): string {
  return formatVerifierKey(log.origin, ed25519PublicKey(bytesOf(log.seed.reveal())));
}

function policyOf({ owner, budgets, integrationUsers, vaultRetentionHours, anthropic }: Config): Bridge['policy'] {
  const allowBatches = anthropic?.allowBatches ?? false;
  const content = { owner, budgets, integrationUsers, vaultRetentionHours, allowBatches };
  return {
    sha256: createHash('sha256').update(canonicalJson(content)).digest('hex'),
    owner,
    budgets: {
      agentPerDay: budgets.agentPerDayUsd,
      taskPerDay: budgets.taskPerDayUsd,
      perDay: budgets.perDayUsd,
      perMonth: budgets.perMonthUsd,
    },
    integrationUsers,
    vaultRetentionMs: vaultRetentionHours * 3_600_000,
  };
}

/** Without a manifest nothing was reviewed, so nothing may be handed over. */
const nothingReviewed: Manifest = { schemaVersion: manifestSchemaVersion, actions: [] };

/** @throws Error naming the file when it is no authority manifest */
function readManifest(file: string): Manifest {
  const parsed = manifestSchema.safeParse(JSON.parse(readFileSync(file, 'utf8')));
  if (!parsed.success) throw new Error(`${file} is no authority manifest`);
  return parsed.data;
}

async function trustOf({ orgs }: Config): Promise<Trust> {
  return valueOf(
    'orgs',
    await loadTrust(
      orgs.map(({ party, certificates, pins }) => ({
        issuer: party,
        role: 'org',
        certificates: certificates.map((file) => readFileSync(file, 'utf8')),
        pins,
      })),
    ),
  );
}

async function signerOf({ party, signing }: Config): Promise<Signer> {
  const { certificate } = signing;
  const privateKey = signing.privateKey.reveal();
  return valueOf('signing', await loadSigner({ issuer: party, role: 'bridge', privateKey, certificate }));
}

function valueOf<T>(setting: string, outcome: Outcome<T>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(`${setting}: ${outcome.code}, ${outcome.detail}`);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(base64, 'base64'));
}
