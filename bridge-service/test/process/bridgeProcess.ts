import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A bridge in a process of its own. */
export interface BridgeProcess {
  readonly url: string;
  readonly logKey: string;
  readonly child: ChildProcess;
  /** As a loss of power would end it, but for what the kernel still writes. */
  readonly kill: () => Promise<void>;
  /** As an operator would end it; gives the exit code. */
  readonly stop: () => Promise<number | null>;
  /** Everything it printed. */
  readonly printed: () => string;
}

/** @param dies kills it when it fires, also while it starts: then the promise rejects */
export async function startBridge(
  environment: Readonly<Record<string, string>>,
  dies?: AbortSignal,
): Promise<BridgeProcess> {
  const child = spawn(process.execPath, ['--conditions=source', main, 'start'], {
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(dies === undefined ? {} : { signal: dies, killSignal: 'SIGKILL' }),
  });
  child.on('error', () => undefined);
  let printed = '';
  const started = Promise.withResolvers<undefined>();
  const listen = (chunk: Buffer): void => {
    printed += chunk.toString();
    if (printed.includes('key of its log: ') && printed.endsWith('\n')) started.resolve(undefined);
  };
  child.stdout.on('data', listen);
  child.stderr.on('data', listen);
  child.on('exit', () => {
    started.reject(new Error(`the bridge ended: ${printed}`));
  });
  await started.promise;
  return {
    url: /listening on (\S+)/.exec(printed)?.[1] ?? '',
    logKey: /key of its log: (\S+)/.exec(printed)?.[1] ?? '',
    child,
    printed: () => printed,
    async kill() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
      return child.exitCode;
    },
  };
}
