import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ZodError } from 'zod';
import { exitCodes } from '../actions/exitCodes.ts';
import { CloneError, openClone } from './clone.ts';
import { githubChange } from './hosts/github.ts';
import { gitlabChange } from './hosts/gitlab.ts';
import { runPipeline } from './runPipeline.ts';
import { readSettings } from './settings.ts';

const cli = fileURLToPath(new URL('../../bin/run.js', import.meta.url));

/** One job of GitHub Actions or GitLab CI, told everything by its environment. */
export async function main(env: NodeJS.ProcessEnv, log: (line: string) => void): Promise<number> {
  try {
    const settings = readSettings(env);
    const folder = resolve(settings.projectDir);
    const isGithub = env['GITHUB_ACTIONS'] === 'true';
    const clone = openClone(folder, isGithub ? basicHeader(env['READINESS_TOKEN']) : undefined);
    const http = { fetch, sleep: (ms: number) => setTimeout(ms), now: () => Date.now() };
    const change = isGithub ? await githubChange(env, clone, http) : await gitlabChange(env, clone, http);
    const code = await runPipeline({ clone, readiness: runnerOf(folder, env), log }, change, settings);
    if (isGithub) tellGithub(env, settings.reportDir);
    return code;
  } catch (error) {
    log(`The pipeline broke off: ${reasonOf(error)}`);
    return exitCodes['bad-configuration'].code;
  }
}

function basicHeader(token: string | undefined): string | undefined {
  if (!token) return undefined;
  return `Authorization: basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
}

/** The analysis needs no token, so it gets none. */
function runnerOf(cwd: string, given: NodeJS.ProcessEnv) {
  const env = { ...given, READINESS_TOKEN: undefined };
  return (args: readonly string[]): Promise<number> =>
    new Promise((done, fail) => {
      const child = spawn(process.execPath, [cli, 'readiness', ...args], { cwd, env, stdio: 'inherit' });
      child.once('error', fail).once('close', (code) => {
        done(code ?? exitCodes.incomplete.code);
      });
    });
}

/** The reports as outputs of the step, and the comment on the page of the run, where forks see it as well. */
function tellGithub({ GITHUB_OUTPUT: output, GITHUB_STEP_SUMMARY: summary }: NodeJS.ProcessEnv, folder: string): void {
  const sarif = join(folder, 'readiness.sarif');
  if (output) appendFileSync(output, `reports=${folder}\nsarif=${existsSync(sarif) ? sarif : ''}\n`);
  if (summary) appendFileSync(summary, readFileSync(join(folder, 'comment.md')));
}

function reasonOf(error: unknown): string {
  if (error instanceof ZodError) {
    return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
  }
  if (error instanceof CloneError) return `git: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
