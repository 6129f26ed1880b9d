import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const timeoutMs = 300_000;

/** The clone that a pipeline works in; what it lacks is fetched from where it was cloned. */
export interface Clone {
  /** The commits that the checked-out commit follows, also where a shallow clone does not have them. */
  parents(): Promise<readonly string[]>;
  /** The commit at the tip of a branch of the remote. */
  tipOf(branch: string): Promise<string>;
  /** Makes sure that a commit is there, without its history in a shallow clone. */
  require(commit: string): Promise<void>;
}

/** What git said when it refused, in one line. */
export class CloneError extends Error {}

/**
 * @param header `Authorization: …` for the remote, where the clone holds no credentials
 */
export function openClone(folder: string, header?: string): Clone {
  const git = async (...args: readonly string[]): Promise<string> => {
    try {
      return (await run('git', args, { cwd: folder, timeout: timeoutMs, env: gitEnvironment(header) })).stdout;
    } catch (error) {
      const { stderr = '', message } = error as Error & { readonly stderr?: string };
      throw new CloneError((stderr.trim() || message).split('\n')[0]);
    }
  };
  return {
    async parents() {
      const [head = ''] = (await git('cat-file', '-p', 'HEAD')).split('\n\n');
      return [...head.matchAll(/^parent ([0-9a-f]+)$/gm)].flatMap(([, id]) => id ?? []);
    },
    async tipOf(branch) {
      const [id] = (await git('ls-remote', '--exit-code', 'origin', `refs/heads/${branch}`)).split('\t');
      return id ?? '';
    },
    async require(commit) {
      if (!/^[0-9a-f]{40,64}$/.test(commit)) throw new CloneError(`"${commit}" is no commit id`);
      try {
        await git('cat-file', '-e', `${commit}^{commit}`);
      } catch {
        const isShallow = (await git('rev-parse', '--is-shallow-repository')).trim() === 'true';
        // In a full clone a depth would cut off the history that is there.
        const depth = isShallow ? ['--depth=1'] : [];
        await git('fetch', '--quiet', '--no-tags', '--no-recurse-submodules', ...depth, 'origin', commit);
      }
    },
  };
}

/** By the environment a token stands neither in a file nor among the arguments that other processes see. */
function gitEnvironment(header: string | undefined): NodeJS.ProcessEnv {
  const settings: readonly (readonly [key: string, value: string])[] = [
    // A folder of the checkout that looks like a repository would name programs to start.
    ['safe.bareRepository', 'explicit'],
    // The empty one takes away what the clone may hold: two such headers are refused.
    ...(header === undefined ? [] : ['', header]).map((value) => ['http.extraHeader', value] as const),
  ];
  return {
    ...process.env,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    GIT_CONFIG_COUNT: String(settings.length),
    ...Object.fromEntries(
      settings.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}
