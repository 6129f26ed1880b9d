import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Report } from '@agent-readiness/protocol';
import { runCheck } from '../../src/actions/check.ts';

const sample = join(import.meta.dirname, '../../../examples/order-care/force-app');
const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };

/** Prints the report on a project; run by a process of its own. */
const checkInChild = `
  import { runCheck } from ${JSON.stringify(new URL('../../src/actions/check.ts', import.meta.url).href)};
  const [startDir, cacheSecretFile] = process.argv.slice(1);
  const progress = { start: () => {}, update: () => {}, stop: () => {} };
  const options = { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' };
  console.log(JSON.stringify(await runCheck({ startDir, progress, cacheSecretFile }, options)));
`;

describe('the caches of a check', () => {
  let project: string;
  let home: string;
  beforeEach(() => {
    project = mkdtempSync(join(tmpdir(), 'project-'));
    home = mkdtempSync(join(tmpdir(), 'home-'));
    cpSync(sample, join(project, 'force-app'), { recursive: true });
    writeFileSync(join(project, 'sfdx-project.json'), '{"name":"sample","packageDirectories":[{"path":"force-app"}]}');
  });
  afterEach(() => {
    for (const folder of [project, home]) rmSync(folder, { recursive: true, force: true });
  });

  const secretFile = (): string => join(home, 'agent-readiness', 'cache.key');

  async function check({ cached }: { cached: boolean }): Promise<string> {
    const report: Report = await runCheck(
      { startDir: project, progress: silent, ...(cached && { cacheSecretFile: secretFile() }) },
      { sourceDirs: [], agents: [], allVersions: false, failOn: 'high' },
    );
    return JSON.stringify(report);
  }

  function entries(): Map<string, string> {
    const formats = join(project, '.sf', 'agent-readiness', 'apex');
    const [folder = ''] = readdirSync(formats);
    const names = readdirSync(join(formats, folder)).sort();
    return new Map(names.map((name) => [name, readFileSync(join(formats, folder, name), 'utf8')]));
  }

  async function checkInProcess(): Promise<string> {
    const args = ['--conditions=source', '--input-type=module', '--eval', checkInChild, project, secretFile()];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: {} });
    const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
    return output.trim();
  }

  function forgetReports(): void {
    rmSync(join(project, '.sf', 'agent-readiness', 'report'), { recursive: true });
  }

  it('change no byte of the report: without, cold, from the summaries, from the report', async () => {
    const without = await check({ cached: false });
    expect(readdirSync(project).sort()).toEqual(['force-app', 'sfdx-project.json']);
    expect(await check({ cached: true })).toBe(without);
    const kept = entries();
    expect(kept.size).toBeGreaterThan(0);
    forgetReports();
    expect(await check({ cached: true })).toBe(without);
    expect(await check({ cached: true })).toBe(without);
    expect(entries()).toEqual(kept);
  });

  it('serve nothing to somebody without their key, and are not needed where no key can be kept', async () => {
    const without = await check({ cached: false });
    await check({ cached: true });
    const kept = entries();
    writeFileSync(secretFile(), 'too short');
    expect(await check({ cached: true })).toBe(without);
    expect([...entries().keys()]).toEqual([...kept.keys()]);
    expect([...entries().values()]).not.toEqual([...kept.values()]);
    rmSync(home, { recursive: true });
    writeFileSync(home, 'a file in the place of the folder');
    expect(await check({ cached: true })).toBe(without);
  });

  it('serve runs at the same time', async () => {
    const without = await check({ cached: false });
    expect(await Promise.all([checkInProcess(), checkInProcess()])).toEqual([without, without]);
    expect([...entries().keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(await checkInProcess()).toBe(without);
  }, 60_000);
});
