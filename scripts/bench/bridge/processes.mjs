/** Everything that takes part, each in a process of its own, as it would run; ended when the bench ends. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { manifest } from '../../../bridge-service/test/support/offers.ts';
import { bridgeParty, orgParty, orgSigner } from '../../../bridge-service/test/support/parties.ts';
import { root } from '../../shared/install.mjs';

const keys = join(root, 'scripts/vectors/testOnlyKeys');

/** A bounded lifetime for what is started: `stop` ends all of it. */
export function createProcesses() {
  const children = [];

  /** Resolves with the first match of what it prints. */
  async function start(args, ready, env = {}) {
    const child = spawn(process.execPath, args, {
      env: { PATH: process.env.PATH, NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    children.push(child);
    let printed = '';
    const found = Promise.withResolvers();
    const listen = (chunk) => {
      // What it prints later is read and forgotten: a full pipe would stop it.
      if (printed.length < 100_000) printed += chunk;
      const match = ready.exec(printed);
      if (match) found.resolve(match[1]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.on('exit', () => found.reject(new Error(`${args.at(-1)} ended: ${printed}`)));
    return { child, match: await found.promise };
  }

  return {
    start,
    async stop() {
      for (const child of children.reverse()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        child.kill('SIGKILL');
        await once(child, 'exit');
      }
    },
  };
}

export async function startClaude({ start }) {
  const script = join(import.meta.dirname, 'claudeProcess.mjs');
  return (await start(['--conditions=source', script], /(http:\S+)\n/)).match;
}

/** The bridge as it serves, with every control on and its log to nowhere; `databaseUrl` undefined for PGlite. */
export async function startBridge({ start }, { folder, claudeUrl, databaseUrl }) {
  mkdirSync(folder, { recursive: true });
  const file = (name, value) => {
    writeFileSync(join(folder, name), JSON.stringify(value));
    return join(folder, name);
  };
  const env = {
    PORT: '0',
    BRIDGE_CONFIG: file('config.yaml', settings(claudeUrl)),
    BRIDGE_DATA: folder,
    BRIDGE_MANIFEST: file('authority.lock.json', manifest),
    BRIDGE_MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
    BRIDGE_LOG_SEED: Buffer.alloc(32, 9).toString('base64'),
    BRIDGE_SIGNING_KEY: readFileSync(join(keys, 'bridge.key.pem'), 'utf8'),
    BRIDGE_SIGNING_CERTIFICATE: readFileSync(join(keys, 'bridge.cert.pem'), 'utf8'),
    ANTHROPIC_API_KEY: 'bench',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
  const main = join(root, 'bridge-service/src/main.ts');
  const { child, match } = await start(
    ['--conditions=source', main, 'start'],
    /listening on (\S+)[^]*key of its log: \S+\n/,
    env,
  );
  return { url: match, child };
}

/** Portkey's gateway as its package starts it, allowed to talk to this machine. */
export async function startPortkey({ start }) {
  const port = await freePort();
  const script = join(import.meta.dirname, 'node_modules/@portkey-ai/gateway/build/start-server.js');
  const env = { NODE_ENV: 'production', TRUSTED_CUSTOM_HOSTS: '127.0.0.1,localhost' };
  await start([script, '--headless', `--port=${port}`], /(Ready for connections)/, env);
  return `http://127.0.0.1:${port}`;
}

function settings(baseUrl) {
  const route = [{ model: 'claude-haiku-5-5', expectedMs: 4_000 }];
  const budget = 1_000_000;
  return {
    party: bridgeParty,
    owner: { person: 'Bridge duty officer', queue: 'bridge-duty' },
    orgs: [{ party: orgParty, certificates: [join(keys, 'org.cert.pem')], pins: [`cert:${orgSigner.thumbprint}`] }],
    log: { origin: 'bridge.example.com/log' },
    budgets: { agentPerDayUsd: budget, taskPerDayUsd: budget, perDayUsd: budget, perMonthUsd: budget },
    anthropic: { baseUrl, tiers: { small: route, medium: route, large: route } },
  };
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
