import { diffSchemaVersion, type ChangeKind, type DiffStatus, type EffectDiff } from '@agent-readiness/protocol';
import { compareEffects } from '../policy/diff/compareEffects.ts';
import { distinctChanges, moreInVersions, runsAsChanges, type Versions } from '../policy/diff/compareVersions.ts';
import type { CheckDependencies } from './check.ts';
import { baseSide, sideOfDirectory } from './diffSides.ts';
import { ConfigurationError } from './errors.ts';
import { readPolicy, type PolicyOptions } from './readPolicy.ts';

export interface DiffOptions extends PolicyOptions {
  /** Relative to the start folder; empty for the package directories of the project. */
  readonly sourceDirs: readonly string[];
  readonly allVersions: boolean;
  /** A commit, and nothing else: a change could bring along a file or folder of any name. */
  readonly ref?: string;
  /** A commit, manifest or directory; if neither is given, the manifest of the project, or else the last commit. */
  readonly base?: string;
}

/** Of a manifest. */
const nothingKnown: Versions = { live: [], others: [] };

/**
 * What the agents of a project can do now that they could not do before, and the other way round.
 *
 * @throws ConfigurationError when there is no project, nothing to compare with, or no agent on either side
 */
export async function runDiff(dependencies: CheckDependencies, options: DiffOptions): Promise<EffectDiff> {
  const { policy } = await readPolicy(dependencies.startDir, options);
  const base = await baseSide(dependencies, options);
  const head = await sideOfDirectory(dependencies, options, 'the files');
  if (base.actions.length + head.actions.length === 0) {
    throw new ConfigurationError('There are no actions of agents, neither now nor before.', [
      'Name the folder that holds them: --source-dir <folder>',
    ]);
  }
  const { actions, changes: ofLive } = compareEffects(base.actions, head.actions);
  const [before, after] = [base.versions ?? nothingKnown, head.versions ?? nothingKnown];
  const ofOthers = base.versions ? moreInVersions(before, after) : [];
  const changes = distinctChanges([...ofLive, ...ofOthers]);
  const runsAs = runsAsChanges(before.live, after.live);
  const failOn = [...policy.diffFailOn];
  const kinds: ChangeKind[] = [
    ...changes.map(({ kind }) => kind),
    ...actions.added.map((): ChangeKind => 'added'),
    ...runsAs.map((): ChangeKind => 'widened'),
  ];
  const isRefused = kinds.some((kind) => failOn.includes(kind));
  const status: DiffStatus = isRefused ? 'refused' : head.side.filesFailed > 0 ? 'incomplete' : 'accepted';
  return {
    schemaVersion: diffSchemaVersion,
    base: base.side,
    head: head.side,
    actions,
    runsAs,
    changes,
    verdict: { status, failOn },
  };
}
