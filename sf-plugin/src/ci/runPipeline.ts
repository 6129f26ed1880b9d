import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitCodes } from '../actions/exitCodes.ts';
import type { Clone } from './clone.ts';
import { keepComment } from './comments/comments.ts';
import type { ChangeRequest } from './hosts/changeRequest.ts';
import type { Settings } from './settings.ts';

export interface PipelineDependencies {
  readonly clone: Clone;
  /** Runs `sf readiness` in the project, shows what it says and returns its exit code. */
  readonly readiness: (args: readonly string[]) => Promise<number>;
  readonly log: (line: string) => void;
}

const reports = ['readiness.sarif', 'readiness.html', 'readiness.xml', 'readiness.json', 'readiness.md'] as const;
const differences = ['diff.md', 'diff.json'] as const;

/**
 * Checks the project; for a pull or merge request also says what it adds, by the policy of its target, and
 * keeps one comment. The reports, and `comment.md` for the page of the run, are in the report folder after it.
 *
 * @returns the exit code: that of the check or of the difference, whichever weighs more
 */
export async function runPipeline(
  { clone, readiness, log }: PipelineDependencies,
  change: ChangeRequest | undefined,
  { projectDir, reportDir, comment, checkFlags }: Settings,
): Promise<number> {
  // Nothing of an earlier run, or of the checked-out files, can pass for a report of this one.
  rmSync(reportDir, { recursive: true, force: true });
  mkdirSync(reportDir, { recursive: true });
  const outputs = (names: readonly string[]): string[] =>
    names.flatMap((name) => ['--output-file', join(reportDir, name)]);

  for (const commit of new Set(change && [change.base, change.policy])) await clone.require(commit);
  const byPolicy = change ? ['--config-ref', change.policy] : [];
  const codes = [await readiness(['check', ...checkFlags, ...byPolicy, ...outputs(reports)])];
  if (change) codes.push(await readiness(['diff', change.base, ...byPolicy, ...outputs(differences)]));

  const parts = ['diff.md', 'readiness.md'].map((name) => join(reportDir, name)).filter((path) => existsSync(path));
  const text =
    parts.length > 0
      ? parts.map((path) => readFileSync(path, 'utf8')).join('\n')
      : '## ❌ Agent readiness did not run\n\nThe log of the job says why.\n';
  writeFileSync(join(reportDir, 'comment.md'), text);
  if (comment && change) log(await tell(change, projectDir, text));
  return heaviest(codes);
}

/** A comment informs and decides nothing: one that cannot be written does not fail the gate. */
async function tell({ comments }: ChangeRequest, projectDir: string, text: string): Promise<string> {
  if (!comments) return 'No comment is written: there is no token for it.';
  try {
    return `Comment ${await keepComment(comments, markOf(projectDir), text)}.`;
  } catch (error) {
    return `No comment is written: ${(error as Error).message}. A pull request from a fork has no right to; the summary of the run says the same.`;
  }
}

/** Several projects of one repository have a comment each. */
function markOf(projectDir: string): string {
  return `<!-- agent-readiness-ci ${encodeURIComponent(projectDir)} -->`;
}

const byWeight = [exitCodes['bad-configuration'], exitCodes['not-ready'], exitCodes.incomplete, exitCodes.ready].map(
  ({ code }) => code,
);

/** A code that is none of ours, such as that of a killed process, weighs most. */
function heaviest(codes: readonly number[]): number {
  const [first = 0] = [...codes].sort((a, b) => byWeight.indexOf(a) - byWeight.indexOf(b));
  return first;
}
