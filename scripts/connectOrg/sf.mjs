import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The Salesforce CLI said no; its message is for the reader. */
export class SfError extends Error {
  name = 'SfError';
}

/**
 * Runs `sf … --json` and returns its result.
 *
 * @param {readonly string[]} args
 * @param {string} cwd
 * @returns {any}
 * @throws {SfError}
 */
export function sf(args, cwd) {
  const answer = parse(run([...args, '--json'], cwd).stdout);
  if (answer?.status !== 0) throw new SfError(problemOf(answer) ?? `sf ${args.slice(0, 3).join(' ')} failed`);
  return answer.result;
}

/**
 * One request to the org. A body goes by a file that nobody else can read, and that is gone afterwards: arguments are
 * seen by every process, and of its standard input the CLI waits for some milliseconds only.
 *
 * @param {string} alias
 * @param {string} method
 * @param {string} path begins with `/services/`
 * @param {string} cwd
 * @param {object} [body]
 * @returns {any} the answer; undefined where it is no JSON
 * @throws {SfError}
 */
export function request(alias, method, path, cwd, body) {
  const args = ['api', 'request', 'rest', path, '--method', method, '--target-org', alias];
  const { stdout, stderr, status } =
    body === undefined
      ? run(args, cwd)
      : withFile(JSON.stringify(body), (file) => run([...args, ...sending(file)], cwd));
  const answer = parse(stdout);
  if (status === 0) return answer;
  const [first] = Array.isArray(answer) ? answer : [answer];
  const why = first?.errors?.[0]?.message ?? first?.message ?? stderr.trim().split('\n').at(-1);
  throw new SfError(`${method} ${path}: ${why || 'refused'}`);
}

const sending = (file) => ['--body', `@${file}`, '--header', 'Content-Type: application/json'];

function withFile(text, work) {
  const folder = mkdtempSync(join(tmpdir(), 'connect-org-'));
  try {
    const file = join(folder, 'body.json');
    writeFileSync(file, text, { mode: 0o600 });
    return work(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function run(args, cwd) {
  const { stdout, stderr, status, error } = spawnSync('sf', args, {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, SF_SKIP_NEW_VERSION_CHECK: 'true', NODE_NO_WARNINGS: '1' },
  });
  if (error) throw new SfError(`the Salesforce CLI does not start: ${error.message}`);
  return { stdout, stderr, status };
}

/** A deployment that failed says so in its result, component by component. */
function problemOf(answer) {
  const failures = [answer?.result?.details?.componentFailures ?? []].flat();
  if (failures.length === 0) return answer?.message;
  return failures
    .map(({ componentType, fullName, problem }) => `${componentType} ${fullName}: ${problem}`)
    .join('\n    ');
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
