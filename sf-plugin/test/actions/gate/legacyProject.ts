import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '@agent-readiness/protocol';
import { copyProject, type TestProject } from '@agent-readiness/testkit';
import { runGate, type GateOptions, type GateResult } from '../../../src/actions/gate.ts';
import { silent } from '../../../src/actions/progress.ts';

const example = join(import.meta.dirname, '..', '..', '..', '..', 'examples', 'legacy-planner');

/** A copy of the example whose help desk closes tickets when confirmed, and deletes them unasked. */
export function legacyProject(): TestProject {
  return copyProject(example);
}

export async function gate(
  startDir: string,
  options: Partial<GateOptions> = {},
  today = '2026-06-01',
): Promise<GateResult> {
  return runGate(
    { startDir, progress: silent, today },
    {
      sourceDirs: [],
      agents: [],
      allVersions: false,
      locked: false,
      writeManifest: false,
      writeBaseline: false,
      ...options,
    },
  );
}

/** Findings of some rules, with what is said of them. */
export function messages({ findings }: Report, ...ruleIds: readonly string[]): string[] {
  return findings
    .filter(({ ruleId }) => ruleIds.includes(ruleId))
    .map(({ ruleId, message }) => `${ruleId}: ${message}`);
}

/** Changes a file of the project; the text must be there. */
export function edit(root: string, path: string, from: string, to: string): void {
  const file = join(root, path);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`"${from}" is not in ${path}`);
  writeFileSync(
    file,
    text.replace(from, () => to),
  );
}

export function git(root: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Author', '-c', 'user.email=author@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', ['-C', root, ...identity, ...args], { encoding: 'utf8' });
}

/** Commits everything. */
export function commit(root: string): void {
  git(root, 'add', '--all');
  git(root, 'commit', '--quiet', '--allow-empty', '--message=change');
}
