import { join } from 'node:path';
import type { Report, Severity } from '@agent-readiness/protocol';
import { findProjectRoot } from '../extract/project/openProject.ts';
import type { Baseline } from '../policy/baseline.ts';
import type { Policy } from '../policy/config/policy.ts';
import { judge, type Judgement } from '../policy/judge.ts';
import { openAtCommit, type AtCommit } from './atCommit.ts';
import { parseBaseline, writeBaseline } from './baselineFile.ts';
import { runCheck, type CheckDependencies, type CheckOptions } from './check.ts';
import { ConfigurationError } from './errors.ts';
import { lockFile, readLock, writeLock, type Key } from './lockFile.ts';
import { readPolicy, type PolicyOptions } from './readPolicy.ts';
import { readOwnFile, readTextFile, relativePath } from './textFiles.ts';

/** The paths of files are absolute. */
export interface GateOptions extends Omit<CheckOptions, 'failOn'>, PolicyOptions {
  /** In place of what the policy says; `high` where neither says. */
  readonly failOn?: Severity;
  /** `authority.lock.json` of the project if not given. */
  readonly manifest?: string;
  /** Whether exceeding the manifest is a finding. */
  readonly locked: boolean;
  readonly verifyWith?: string;
  readonly writeManifest: boolean;
  readonly signWith?: string;
  readonly baseline?: string;
  readonly writeBaseline: boolean;
  readonly baselineOwner?: string;
}

export interface GateDependencies extends CheckDependencies {
  /** The day of the check in UTC, as `2026-11-30`: waivers end by it. */
  readonly today: string;
}

export interface GateResult {
  readonly report: Report;
  /** Absolute paths. */
  readonly written: readonly string[];
}

/**
 * Checks a project by its own rules: policy, waivers, reviewed manifest and baseline.
 *
 * @throws ConfigurationError when there is nothing to check, or one of these files cannot be used
 */
export async function runGate(dependencies: GateDependencies, options: GateOptions): Promise<GateResult> {
  const { startDir, today } = dependencies;
  const root = findProjectRoot(startDir);
  const { policy, applied } = await readPolicy(startDir, options);
  const reviewed = options.configRef === undefined ? undefined : await openAtCommit(startDir, options.configRef);
  const manifestPath = options.manifest ?? join(root, lockFile);
  const lock = options.locked ? await readLock(root, manifestPath, await keyOf(options, reviewed)) : undefined;
  const known = await knownOf(options, reviewed);
  const failOn = options.failOn ?? policy.failOn ?? 'high';

  const { sourceDirs, agents, allVersions } = options;
  const facts = await runCheck(dependencies, { sourceDirs, agents, allVersions, failOn, ...factsOf(policy) });
  const judgement: Judgement = {
    policy,
    ...(applied && { applied }),
    ...(lock && { lock }),
    failOn,
    today,
    isWhole: agents.length === 0 && sourceDirs.length === 0,
  };
  const judged = judge(facts, judgement);

  const written = options.writeManifest ? await writeLock(judged, manifestPath, options.signWith) : [];
  if (options.baseline === undefined) return { report: judged, written };
  const file = options.baseline;
  const kept = options.writeBaseline
    ? writeBaseline(file, known, judged.findings, options.baselineOwner, today)
    : known;
  const compared = judge(facts, { ...judgement, ...compareWith(known ?? kept, relativePath(root, file)) });
  return { report: compared, written: options.writeBaseline ? [...written, file] : written };
}

/** What the rules ask of the policy. */
function factsOf({ agents, ruleOptions }: Policy): Required<Pick<CheckOptions, 'owners' | 'ruleOptions'>> {
  const owners = agents.flatMap(({ name, owner }) => (owner === undefined ? [] : [[name, owner] as const]));
  return { owners: Object.fromEntries(owners), ruleOptions: Object.fromEntries(ruleOptions) };
}

function compareWith(baseline: Baseline | undefined, file: string): Pick<Judgement, 'baseline'> {
  return baseline ? { baseline: { file, baseline } } : {};
}

/**
 * The baseline to compare with: that of the commit by which is judged, where there is one. The file must be valid all
 * the same, and where the commit has none, nothing is known before. What is written anew goes on from the file.
 */
async function knownOf(
  { baseline, writeBaseline: isWritten }: GateOptions,
  reviewed: AtCommit | undefined,
): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined;
  const text = readOwnFile(baseline);
  const here = text === undefined ? undefined : parseBaseline(baseline, text);
  if (isWritten) return here;
  if (reviewed?.holds(baseline)) {
    const there = await reviewed.read(baseline);
    return there === undefined ? undefined : parseBaseline(baseline, there);
  }
  if (here) return here;
  throw new ConfigurationError(`There is no baseline at "${baseline}".`, [
    'Write it: sf readiness check --baseline <file> --write-baseline --baseline-owner <name>',
  ]);
}

/** The key that the manifest must be signed with. One that the repository holds is that of the commit. */
async function keyOf({ verifyWith }: GateOptions, reviewed: AtCommit | undefined): Promise<Key | undefined> {
  if (verifyWith === undefined) return undefined;
  const pem = reviewed?.holds(verifyWith) ? await reviewed.read(verifyWith) : readTextFile(verifyWith);
  return { file: verifyWith, pem };
}
