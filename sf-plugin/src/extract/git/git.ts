import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** More than any listing or batch of blobs that is read at once. */
const maxBuffer = 512 * 1024 * 1024;
const timeoutMs = 120_000;

/**
 * A partial clone fetches nothing that it lacks, no program that the repository names is started, and a folder that
 * somebody committed is no repository, even where it looks like one.
 */
const settings = ['protocol.allow=never', 'core.fsmonitor=false', 'safe.bareRepository=explicit'].flatMap((setting) => [
  '-c',
  setting,
]);

/** What git said when it refused, in one line. */
export class GitError extends Error {}

/**
 * Runs a command of git that reads objects.
 *
 * @param folder inside the repository
 * @throws GitError when git is not there or refuses
 */
export async function git(folder: string, args: readonly string[], input = ''): Promise<Buffer> {
  const running = run('git', [...settings, ...args], {
    cwd: folder,
    encoding: 'buffer',
    maxBuffer,
    timeout: timeoutMs,
  });
  // Git may end before it has read everything; then its exit code says why.
  running.child.stdin?.on('error', () => undefined).end(input);
  try {
    return (await running).stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: Buffer };
    const [line = ''] = (stderr?.toString().trim() || message).split('\n');
    throw new GitError(line);
  }
}
