import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

/** A PostgreSQL server of the machine's own package, on a socket in a folder that goes away with it. */
export interface PostgresServer {
  /** A new, empty database. */
  readonly createDatabase: () => Promise<string>;
  /** Dies without a farewell, as its machine may. */
  readonly crash: () => Promise<void>;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const packages = '/usr/lib/postgresql';

/** Where Debian's package has its programs; undefined where it is not installed. */
export function findPostgres(): string | undefined {
  const versions = existsSync(packages) ? readdirSync(packages).sort((a, b) => Number(b) - Number(a)) : [];
  return versions.map((version) => join(packages, version, 'bin')).find((folder) => existsSync(join(folder, 'initdb')));
}

/**
 * @param root where its folder goes, for tests of what happens when there is no more room
 * @param settings of the server, as `name=value`
 */
export async function startPostgres(
  programs: string,
  root = tmpdir(),
  settings: readonly string[] = [],
): Promise<PostgresServer> {
  const folder = mkdtempSync(join(root, 'bridge-postgres-'));
  // PostgreSQL refuses to run as root: then the first unprivileged user will do.
  const user = userInfo().uid === 0 ? { uid: 65_534, gid: 65_534 } : {};
  if (user.uid !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'bridge', '-A', 'trust', '-E', 'UTF8', '--locale=C'], {
    ...user,
    cwd: folder,
    stdio: 'pipe',
  });
  const options = ['listen_addresses=', 'max_connections=60', ...settings].flatMap((setting) => ['-c', setting]);
  const run = (): ChildProcess =>
    spawn(join(programs, 'postgres'), ['-D', data, '-k', folder, ...options], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
  const end = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    server.kill(signal);
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  const urlOf = (database: string): string => `postgresql://bridge@/${database}?host=${encodeURIComponent(folder)}`;
  let server = run();
  await untilReachable(urlOf('postgres'));
  let count = 0;
  return {
    async createDatabase() {
      count += 1;
      const name = `bridge${String(count)}`;
      await withClient(urlOf('postgres'), (client) => client.query(`create database ${name}`));
      return urlOf(name);
    },
    crash: () => end(server, 'SIGQUIT'),
    async restart() {
      server = run();
      await untilReachable(urlOf('postgres'));
    },
    async stop() {
      await end(server, 'SIGINT');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function untilReachable(url: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      await withClient(url, (client) => client.query('select 1'));
      return;
    } catch (error) {
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function withClient(url: string, work: (client: Client) => Promise<unknown>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
