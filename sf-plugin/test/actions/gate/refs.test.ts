import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EffectDiff } from '@agent-readiness/protocol';
import { copyProject, createProject, temporaryFolder, type TestProject } from '@agent-readiness/testkit';
import { runDiff } from '../../../src/actions/diff.ts';
import { silent } from '../../../src/actions/progress.ts';
import { baselineSchema } from '../../../src/policy/baseline.ts';
import { commit, edit, gate, git, legacyProject } from './legacyProject.ts';

const closing = 'force-app/main/default/genAiFunctions/Close_Ticket/Close_Ticket.genAiFunction-meta.xml';

let project: TestProject;
const others: TestProject[] = [];

beforeEach(() => {
  project = legacyProject();
  git(project.root, 'init', '--quiet', '--initial-branch=main');
  commit(project.root);
});
afterEach(() => {
  for (const each of [project, ...others.splice(0)]) each.dispose();
});

function use(other: TestProject): string {
  others.push(other);
  return other.root;
}

async function diff(startDir: string, base?: string): Promise<EffectDiff> {
  return runDiff(
    { startDir, progress: silent },
    { sourceDirs: [], allVersions: false, ...(base !== undefined && { base }) },
  );
}

function removeConfirmation(): void {
  edit(project.root, closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
}

function lines({ changes }: EffectDiff): string[] {
  return changes.map(({ kind, action, effect }) => `${kind} ${action} ${effect.operation} ${effect.object}`);
}

describe('what a difference can be taken from', () => {
  const widened = ['widened Close_Ticket update Case'];

  it('the last commit, where nothing is named and there is no manifest', async () => {
    removeConfirmation();
    const difference = await diff(project.root);
    expect(lines(difference)).toEqual(widened);
    expect(difference.base.name).toBe(`HEAD (${git(project.root, 'rev-parse', '--short=10', 'HEAD').trim()})`);
    expect(difference.verdict).toEqual({ status: 'refused', failOn: ['added', 'widened'] });
  });

  it('the manifest, where there is one', async () => {
    await gate(project.root, { writeManifest: true });
    removeConfirmation();
    commit(project.root);
    const difference = await diff(project.root);
    expect(lines(difference)).toEqual(widened);
    expect(difference.base).toMatchObject({ kind: 'manifest', name: 'authority.lock.json' });
  });

  it('a directory, from outside and the other way round', async () => {
    const before = use(copyProject(project.root));
    removeConfirmation();
    expect(lines(await diff(project.root, before))).toEqual(widened);
    const back = await diff(before, project.root);
    expect(lines(back)).toEqual(['narrowed Close_Ticket update Case']);
    expect(back.verdict.status).toBe('accepted');
  });

  it('a commit in a clone without history', async () => {
    removeConfirmation();
    commit(project.root);
    const clone = use(temporaryFolder());
    git(clone, 'clone', '--quiet', '--depth=2', '--no-local', pathToFileURL(project.root).href, 'clone');
    expect(lines(await diff(join(clone, 'clone'), 'HEAD~1'))).toEqual(widened);
    git(join(clone, 'clone'), 'fetch', '--quiet', '--depth=1', 'origin', 'main');
    expect(lines(await diff(join(clone, 'clone'), 'FETCH_HEAD'))).toEqual([]);
    await expect(diff(join(clone, 'clone'), 'HEAD~2')).rejects.toThrow(
      'Cannot read "HEAD~2": there is no commit "HEAD~2" in this clone.',
    );
  });

  it('a commit of a repository in which the project is a folder, seen from a folder of the project', async () => {
    const repository = use(temporaryFolder());
    git(repository, 'init', '--quiet');
    writeFileSync(join(repository, 'README.md'), 'Not of the project.');
    git(repository, 'clone', '--quiet', project.root, 'crm');
    rmSync(join(repository, 'crm', '.git'), { recursive: true });
    commit(repository);
    edit(join(repository, 'crm'), closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
    expect(lines(await diff(join(repository, 'crm', 'force-app'), 'HEAD'))).toEqual(widened);
  });

  it('a commit before the project was there: then everything is new', async () => {
    git(project.root, 'checkout', '--quiet', '--orphan', 'empty');
    git(project.root, 'commit', '--quiet', '--allow-empty', '--message=empty', '--only');
    const { actions, changes } = await diff(project.root, 'HEAD');
    expect(actions.added.map(({ action }) => action)).toEqual(['Close_Ticket', 'Delete_Ticket', 'Get_Ticket_Status']);
    expect(new Set(changes.map(({ kind }) => kind))).toEqual(new Set(['added']));
  });

  it('a commit, where a file or folder has its name as well: the pull request may have brought it along', async () => {
    const id = git(project.root, 'rev-parse', 'HEAD').trim();
    removeConfirmation();
    await gate(project.root, { writeManifest: true });
    renameSync(join(project.root, 'authority.lock.json'), join(project.root, id));
    const copy = use(copyProject(project.root));
    mkdirSync(join(project.root, 'origin'));
    renameSync(copy, join(project.root, 'origin', 'main'));
    expect(lines(await diff(project.root, id))).toEqual(widened);
    const options = { sourceDirs: [], allVersions: false };
    const dependencies = { startDir: project.root, progress: silent };
    expect(lines(await runDiff(dependencies, { ...options, ref: id }))).toEqual(widened);
    // A branch that was not fetched is no folder.
    await expect(runDiff(dependencies, { ...options, ref: 'origin/main' })).rejects.toThrow(
      'there is no commit "origin/main" in this clone',
    );
  });

  it('nothing, where neither side has an agent', async () => {
    await expect(diff(use(createProject()), use(createProject()))).rejects.toThrow('There are no actions of agents');
  });

  it('leaves work tree and index alone', async () => {
    removeConfirmation();
    const status = git(project.root, 'status', '--porcelain');
    await diff(project.root, 'HEAD');
    expect(git(project.root, 'status', '--porcelain')).toBe(status);
  });

  it.each(['no-such-branch', '--upload-pack=touch x', 'HEAD:force-app'])(
    'never takes "%s" for a commit',
    async (ref) => {
      await expect(diff(project.root, ref)).rejects.toThrow(`Cannot read "${ref}"`);
    },
  );

  it('says where there is no repository', async () => {
    const plain = use(legacyProject());
    await expect(diff(plain, 'HEAD')).rejects.toThrow('not a git repository');
  });
});

function keyPair(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

describe('the policy of the branch that a pull request goes to', () => {
  const waiver = (text: string): string =>
    [
      'version: 1',
      'waivers:',
      '  - rule: destructive-without-confirmation',
      '    agent: Help_Desk',
      `    reason: ${text}`,
      '    owner: desk-team@example.com',
      '    approver: security-team@example.com',
      '    expires: 2026-07-01',
    ].join('\n');
  const write = (text: string): void => {
    writeFileSync(join(project.root, 'readiness.config.yaml'), text);
  };

  it('holds, whatever the pull request writes into its own', async () => {
    write(waiver('Loosened by the pull request.'));
    const { report: own } = await gate(project.root);
    expect(own.verdict.excused).toEqual({ waived: 1, baseline: 0 });
    expect(own.policy).toEqual({ file: 'readiness.config.yaml' });

    const { report } = await gate(project.root, { configRef: 'HEAD' });
    expect(report.verdict).toMatchObject({ status: 'not-ready' });
    expect(report.verdict.excused).toBeUndefined();
    // The commit has no policy: none is in force.
    expect(report.policy).toBeUndefined();
  });

  it('holds also where the pull request deletes its own', async () => {
    write(waiver('Agreed.'));
    commit(project.root);
    rmSync(join(project.root, 'readiness.config.yaml'));
    const { report } = await gate(project.root, { configRef: 'HEAD' });
    expect(report.findings.flatMap(({ waivedBy }) => waivedBy?.reason ?? [])).toEqual(['Agreed.']);
    expect(report.policy).toEqual({ file: 'readiness.config.yaml', ref: 'HEAD' });
  });

  it('holds also where the pull request moves the project', async () => {
    const repository = use(temporaryFolder());
    git(repository, 'init', '--quiet');
    cpSync(project.root, join(repository, 'crm'), { recursive: true, filter: (path) => !path.endsWith('.git') });
    writeFileSync(join(repository, 'crm', 'readiness.config.yaml'), waiver('Agreed.'));
    commit(repository);
    renameSync(join(repository, 'crm', 'sfdx-project.json'), join(repository, 'sfdx-project.json'));
    edit(repository, 'sfdx-project.json', '"force-app"', '"crm/force-app"');
    const { report } = await gate(join(repository, 'crm'), { configRef: 'HEAD' });
    expect(report.findings.flatMap(({ waivedBy }) => waivedBy?.reason ?? [])).toEqual(['Agreed.']);
  });

  it('is refused as a link, on either side', async () => {
    writeFileSync(join(project.root, 'policy.yaml'), waiver('Agreed.'));
    symlinkSync('policy.yaml', join(project.root, 'readiness.config.yaml'));
    await expect(gate(project.root)).rejects.toThrow('is a link, which is not followed');
    commit(project.root);
    rmSync(join(project.root, 'readiness.config.yaml'));
    await expect(gate(project.root, { configRef: 'HEAD' })).rejects.toThrow(
      'Cannot read "HEAD": "readiness.config.yaml" is a link there, which is not followed.',
    );
  });

  it('brings its baseline: what a pull request adds to its own is not known', async () => {
    const baseline = join(project.root, 'readiness.baseline.json');
    edit(project.root, closing, '<isConfirmationRequired>true', '<isConfirmationRequired>false');
    const begin = { baseline, writeBaseline: true, baselineOwner: 'desk-team@example.com' };
    const { report: all } = await gate(project.root, begin);
    expect(all.verdict).toMatchObject({ status: 'ready', excused: { baseline: all.findings.length } });
    const written = readFileSync(baseline, 'utf8');
    // The commit has none, so nothing is known.
    expect((await gate(project.root, { baseline, configRef: 'HEAD' })).report.verdict.excused).toBeUndefined();
    const [first, ...rest] = baselineSchema.parse(JSON.parse(written)).findings;
    writeFileSync(baseline, JSON.stringify({ ...baselineSchema.parse(JSON.parse(written)), findings: rest }));
    commit(project.root);
    writeFileSync(baseline, written);
    const { report } = await gate(project.root, { baseline, configRef: 'HEAD' });
    const fresh = report.findings.filter((finding) => finding.baseline === 'new');
    expect(fresh.map(({ fingerprint }) => fingerprint)).toEqual([first?.fingerprint]);
  });

  it('brings the key that the manifest must be signed with', async () => {
    const [reviewer, stranger] = [keyPair(), keyPair()];
    const keys = use(temporaryFolder());
    const key = join(project.root, 'review.pem');
    const sign = async (pair: typeof reviewer): Promise<void> => {
      writeFileSync(join(keys, 'private.pem'), pair.privateKey);
      await gate(project.root, { writeManifest: true, signWith: join(keys, 'private.pem') });
    };
    writeFileSync(key, reviewer.publicKey);
    await sign(reviewer);
    commit(project.root);
    await sign(stranger);
    writeFileSync(key, stranger.publicKey);
    const options = { locked: true, verifyWith: key };
    expect((await gate(project.root, options)).report.lock?.signedBy).toBeDefined();
    await expect(gate(project.root, { ...options, configRef: 'HEAD' })).rejects.toThrow('does not hold for the key');
    // A key that is not of the repository is taken as it is.
    writeFileSync(join(keys, 'public.pem'), stranger.publicKey);
    const outside = { ...options, verifyWith: join(keys, 'public.pem'), configRef: 'HEAD' };
    expect((await gate(project.root, outside)).report.lock?.exceeded).toBe(false);
  });

  it('does not keep an invalid one from being found before it is merged', async () => {
    write('version: 1\nfailOn: hgih');
    await expect(gate(project.root, { configRef: 'HEAD' })).rejects.toThrow(
      'readiness.config.yaml:2:9 "failOn" cannot be "hgih"; did you mean "high"?',
    );
  });

  it('decides on the difference too', async () => {
    write('version: 1\ndiff: { failOn: [] }');
    removeConfirmation();
    const options = { sourceDirs: [], allVersions: false, base: 'HEAD' };
    const dependencies = { startDir: project.root, progress: silent };
    expect((await runDiff(dependencies, options)).verdict.status).toBe('accepted');
    expect((await runDiff(dependencies, { ...options, configRef: 'HEAD' })).verdict.status).toBe('refused');
  });

  it('is told from no policy at all', async () => {
    await expect(gate(project.root, { config: join(project.root, 'none.yaml') })).rejects.toThrow(
      'There is no policy at "none.yaml".',
    );
  });
});
