import { join } from 'node:path';
import type { AppliedPolicy } from '@agent-readiness/protocol';
import { findProjectRoot } from '../extract/project/openProject.ts';
import { noPolicy, type Policy } from '../policy/config/policy.ts';
import { parsePolicy } from '../policy/config/parsePolicy.ts';
import { policyFile } from '../policy/config/schema.ts';
import { problemLines } from '../policy/problem.ts';
import { openAtCommit } from './atCommit.ts';
import { ConfigurationError } from './errors.ts';
import { readOwnFile, relativePath } from './textFiles.ts';

export interface PolicyOptions {
  /** Absolute path; if not given, `readiness.config.yaml` of the project, which need not be there. */
  readonly config?: string;
  /** The commit whose policy is applied instead of that of the files. */
  readonly configRef?: string;
}

export interface PolicyInForce {
  readonly policy: Policy;
  /** Absent where the project has none. */
  readonly applied?: AppliedPolicy;
}

/**
 * The policy of a project, from its files or from a commit. With a commit, the file is read as well:
 * what is wrong with it must be said before it is merged and in force.
 *
 * @param startDir absolute path of the project, or of a folder in it
 * @throws ConfigurationError with every problem, or when a file or commit that was named is not there
 */
export async function readPolicy(startDir: string, { config, configRef }: PolicyOptions): Promise<PolicyInForce> {
  const root = findProjectRoot(startDir);
  const file = config === undefined ? policyFile : relativePath(root, config);
  const text = readOwnFile(join(root, file));
  if (text === undefined && config !== undefined && configRef === undefined) {
    throw new ConfigurationError(`There is no policy at "${file}".`, ['Write one: sf readiness policy init']);
  }
  const here = text === undefined ? undefined : parsed(file, text);
  if (configRef === undefined) return here ? { policy: here, applied: { file } } : { policy: noPolicy };
  const commit = await openAtCommit(startDir, configRef);
  const there = await commit.read(config ?? join(commit.projectRoot ?? root, policyFile));
  // Where the commit has none, nothing is waived.
  if (there === undefined) return { policy: noPolicy };
  return { policy: parsed(`${configRef}:${file}`, there), applied: { file, ref: configRef } };
}

function parsed(file: string, text: string): Policy {
  const { policy, problems } = parsePolicy(file, text);
  if (policy) return policy;
  throw new ConfigurationError(
    `${file} has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${problemLines(problems).join('\n')}`,
    ['Correct the lines named. The editor helps with the JSON Schema: schemas/readiness-config.json of the plugin.'],
  );
}
