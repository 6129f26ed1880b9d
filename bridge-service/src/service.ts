import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createJobs } from './adapters/jobs/createJobs.ts';
import { openDatabase } from './adapters/sql/openDatabase.ts';
import { systemClock } from './adapters/system/systemClock.ts';
import { createMetrics } from './adapters/telemetry/metrics.ts';
import { exportSpans } from './adapters/telemetry/spans.ts';
import type { Bridge } from './app/bridge.ts';
import { deliverAnswer } from './app/custody/deliverAnswer.ts';
import { housekeep } from './app/operate/housekeep.ts';
import { readGauges } from './app/operate/readGauges.ts';
import { readinessRows } from './app/operate/readiness.ts';
import { createRunner } from './app/run/runner.ts';
import { wake } from './app/run/wake.ts';
import { wakeOpen } from './app/run/wakeOpen.ts';
import type { Config } from './config/schema.ts';
import { readinessOf } from './domain/readiness.ts';
import { createApp } from './http/app.ts';
import { watchAll, type Watch } from './ports/watch.ts';
import { createBridge, locationOf, logKeyOf } from './wiring/createBridge.ts';
import { orgTokens, publicUrlOf } from './wiring/orgTokens.ts';

export interface Service {
  readonly url: string;
  readonly bridge: Bridge;
  /** Verifies the checkpoints of the log: to be pinned by whoever reads it. */
  readonly logKey: string;
  /** Takes nothing new, lets what runs end, and closes everything. */
  readonly stop: () => Promise<void>;
}

/** Builds the bridge from its settings, and serves it. */
export async function startService(config: Config, log: Watch, developmentKeys: boolean): Promise<Service> {
  const metrics = createMetrics();
  const spans = config.otlpUrl === undefined ? undefined : exportSpans(config.otlpUrl);
  const watch = watchAll(log, metrics.watch, ...(spans === undefined ? [] : [spans.watch]));
  const database = await openDatabase(locationOf(config));
  const jobs = await createJobs(database.jobs, systemClock, (error) => {
    watch.failed('jobs', error);
  });
  const bridge = await createBridge(config, watch, database, jobs.outbox);
  const runner = createRunner(bridge);
  const around = { store: database.kind, developmentKeys, orgs: config.orgs.length };
  const app = createApp({
    bridge,
    runner,
    tokens: config.tokens,
    accessTokens: orgTokens(config, bridge.clock),
    publicUrl: publicUrlOf(config),
    limits: config.limits,
    metrics: () => metrics.read(runner.running(), () => readGauges(bridge)),
    readiness: async () => readinessOf(await readinessRows(bridge, around)),
  });
  await jobs.start({
    wake: (key) =>
      wake(bridge, key, (found) => {
        // Not awaited: a job is short, and how many run at once is for the limit alone to say.
        if (runner.running() < config.limits.maxRunning && !runner.draining.aborted) void runner.run(found);
        return Promise.resolve();
      }),
    deliver: (key) => deliverAnswer(bridge, key),
    housekeep: () => housekeep(bridge),
  });
  await wakeOpen(bridge);
  const server = app.listen(config.port, config.host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${config.host}:${port}`,
    bridge,
    logKey: logKeyOf(config),
    async stop() {
      const closed = closeServer(server);
      await runner.drain(config.limits.drainMs);
      await closed;
      await jobs.stop(config.limits.drainMs);
      await database.close();
      await spans?.stop();
    },
  };
}

async function closeServer(server: ReturnType<ReturnType<typeof createApp>['listen']>): Promise<void> {
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
}
