import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** This folder, whose `node_modules` hold the checkers. */
export const here = dirname(fileURLToPath(import.meta.url));

/**
 * Runs `java` and waits.
 *
 * @param {string[]} args
 * @param {number[]} expected exit codes that are an answer
 * @throws when it could not be started or ended with another code
 */
export function runJava(args, expected = [0]) {
  const { status, stdout, stderr, error } = spawnSync('java', args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
  });
  if (error) throw error;
  if (!expected.includes(status)) throw new Error(`java ended with code ${status}:\n${stderr}`);
  return { stdout };
}

/** Whether a Java development kit is there: its compiler runs the one Java source of this folder. */
export function hasJava() {
  return spawnSync('javac', ['-version'], { stdio: 'ignore' }).status === 0;
}
