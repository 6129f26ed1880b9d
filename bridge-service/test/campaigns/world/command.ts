import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

/** How a command ended; `killed` before it could. */
export interface Ended {
  readonly code: number | 'killed';
  readonly said: string;
}

/** Runs one command of the bridge in a process of its own. @param dies kills it when it fires */
export async function runCommand(
  environment: Readonly<Record<string, string>>,
  args: readonly string[],
  dies?: AbortSignal,
): Promise<Ended> {
  const child = spawn(process.execPath, ['--conditions=source', main, ...args], {
    env: { PATH: process.env['PATH'] ?? '', NODE_OPTIONS: '--disable-warning=ExperimentalWarning', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(dies === undefined ? {} : { signal: dies, killSignal: 'SIGKILL' }),
  });
  // A kill is told as an error as well, and that is none.
  child.on('error', () => undefined);
  const ended = new Promise((resolve) => child.on('close', resolve));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code: child.exitCode ?? 'killed', said: `${out}${err}` };
}
