import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { manifestSha256, type AgentReport, type DiffSide, type Report } from '@agent-readiness/protocol';
import { isCommit, openCommit } from '../extract/git/commit.ts';
import { findProjectRoot, openProject, packageDirectories } from '../extract/project/openProject.ts';
import { projectFile } from '../extract/project/projectSettings.ts';
import { loadAgents } from '../graph/agents/loadAgents.ts';
import { actionEffects, manifestEffects, manifestOf, type ActionEffects } from '../policy/diff/actionEffects.ts';
import { orRefused } from './atCommit.ts';
import type { Versions } from '../policy/diff/compareVersions.ts';
import { runCheck, type CheckDependencies, type CheckOptions } from './check.ts';
import { lockFile, readLock } from './lockFile.ts';

/** One side of a comparison: what is said of it, and what its actions can change. */
export interface Side {
  readonly side: DiffSide;
  readonly actions: readonly ActionEffects[];
  /** Absent where only a manifest is known. */
  readonly versions?: Versions;
}

type SideOptions = Pick<CheckOptions, 'sourceDirs' | 'allVersions'>;

/**
 * What the project in a directory can do; nothing, if it has no agents.
 *
 * @param name as the user knows the directory
 * @throws ConfigurationError when there is no project
 */
export async function sideOfDirectory(
  dependencies: CheckDependencies,
  { sourceDirs, allVersions }: SideOptions,
  name: string,
): Promise<Side> {
  const check = (all: boolean): Promise<Report> =>
    runCheck(dependencies, { sourceDirs, agents: [], allVersions: all, failOn: 'high', mayBeEmpty: true });
  const report = await check(allVersions);
  const live = new Set(report.agents.map(identityOf));
  const all = hasMore(dependencies.startDir, sourceDirs, report.agents.length) ? (await check(true)).agents : [];
  const actions = actionEffects(report);
  return {
    side: {
      kind: 'directory',
      name,
      sha256: manifestSha256(manifestOf(actions)),
      filesFailed: report.coverage.filesFailed.length,
    },
    actions,
    versions: { live: report.agents, others: all.filter((agent) => !live.has(identityOf(agent))) },
  };
}

/** Whether the project holds more versions of agents than so many: most hold no other, and are looked through once. */
function hasMore(startDir: string, sourceDirs: readonly string[], known: number): boolean {
  const { index, reader } = openProject(startDir, sourceDirs);
  return loadAgents(index, reader, { allVersions: true }).agents.length > known;
}

function identityOf({ name, generation, version, file }: AgentReport): string {
  return JSON.stringify([name, generation, version, file]);
}

/**
 * The side to compare with: a commit, a manifest, or a directory with a project. Without either name, the manifest
 * of the project, or else the last commit.
 *
 * @param base as the user wrote it: a commit where there is one of that name, since a change may bring along a file
 * @throws ConfigurationError when it is none of these
 */
export async function baseSide(
  dependencies: CheckDependencies,
  { ref, base, ...options }: SideOptions & { readonly ref?: string; readonly base?: string },
): Promise<Side> {
  const { startDir, progress } = dependencies;
  const root = findProjectRoot(startDir);
  if (ref !== undefined) return sideOfCommit(dependencies, root, options, ref);
  if (base !== undefined && (await isCommit(root, base))) return sideOfCommit(dependencies, root, options, base);
  const path = base === undefined ? join(root, lockFile) : resolve(startDir, base);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile()) {
    const { manifest, read } = await readLock(root, path);
    const side = { kind: 'manifest', name: read.file, sha256: read.sha256, filesFailed: 0 } as const;
    return { side, actions: manifestEffects(manifest) };
  }
  if (found?.isDirectory()) return sideOfEarlier(path, progress, options, base ?? path);
  return sideOfCommit(dependencies, root, options, base ?? 'HEAD');
}

/** The files of the commit are laid out in a temporary folder: neither work tree nor index is touched. */
async function sideOfCommit(
  { startDir, progress }: CheckDependencies,
  root: string,
  options: SideOptions,
  ref: string,
): Promise<Side> {
  const folder = mkdtempSync(join(tmpdir(), 'agent-readiness-'));
  try {
    const commit = await orRefused(ref, async () => {
      const found = await openCommit(root, ref);
      await found.writeTo(folder);
      return found;
    });
    const { side, ...facts } = existsSync(join(folder, projectFile))
      ? await sideOfEarlier(join(folder, relative(root, startDir)), progress, options, ref)
      : nothing(ref);
    const short = commit.id.slice(0, 10);
    // A job of CI names a commit by its id: once is enough.
    return { side: { ...side, kind: 'ref', name: ref === commit.id ? short : `${ref} (${short})` }, ...facts };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A project as it was: it may lack folders that are there now, and git keeps no empty ones. */
async function sideOfEarlier(
  startDir: string,
  progress: CheckDependencies['progress'],
  { sourceDirs, allVersions }: SideOptions,
  name: string,
): Promise<Side> {
  const dirs = sourceDirs.length > 0 ? sourceDirs.map((dir) => resolve(startDir, dir)) : packageDirectories(startDir);
  const there = dirs.filter((dir) => existsSync(dir));
  if (there.length > 0) return sideOfDirectory({ startDir, progress }, { sourceDirs: there, allVersions }, name);
  return nothing(name);
}

function nothing(name: string): Side {
  return {
    side: { kind: 'directory', name, sha256: manifestSha256(manifestOf([])), filesFailed: 0 },
    actions: [],
    versions: { live: [], others: [] },
  };
}
