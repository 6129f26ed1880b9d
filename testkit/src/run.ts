import { spawn } from 'node:child_process';

export interface RunResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs a script on this Node and waits for its end; does not judge its exit code. */
export function runNode(script: string, args: readonly string[], { cwd, env }: RunOptions): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === null) reject(new Error(`${script} was ended by ${signal ?? 'nobody'}: ${stderr}`));
      else resolve({ exitCode: code, stdout, stderr });
    });
  });
}

/**
 * The environment of this process without what would make a run depend on who starts it: settings of
 * the Salesforce CLI and of Node, colours, the locale.
 */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(SF_|SFDX_|NODE_OPTIONS$|NODE_ENV$|FORCE_COLOR$|NO_COLOR$|CI$|LC_|XDG_)/.test(name),
  );
  return { ...Object.fromEntries(kept), LANG: 'C.UTF-8' };
}
