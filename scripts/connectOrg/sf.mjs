import { spawnSync } from 'node:child_process';

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
  const { stdout, error } = spawnSync('sf', [...args, '--json'], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    env: { ...process.env, SF_SKIP_NEW_VERSION_CHECK: 'true', NODE_NO_WARNINGS: '1' },
  });
  if (error) throw new SfError(`the Salesforce CLI does not start: ${error.message}`);
  const answer = parse(stdout);
  if (answer?.status !== 0) throw new SfError(problemOf(answer) ?? `sf ${args.slice(0, 3).join(' ')} failed`);
  return answer.result;
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
