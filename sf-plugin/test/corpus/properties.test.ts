import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Report } from '@agent-readiness/protocol';
import { checkProject } from '../../src/actions/check.ts';
import { readCases, toProject, type CaseFile } from './corpusCase.ts';
import { reformatXml } from './reformatXml.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const options = { sourceDirs: [], agents: [], allVersions: true, failOn: 'high' } as const;

async function check(files: readonly CaseFile[]): Promise<Report> {
  return checkProject(toProject(files), silent, options);
}

const cases = readCases();

/** The order that a file system without any would give. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, at) => ({ item, key: (at * 7919 + 13) % 101 }))
    .sort((a, b) => b.key - a.key)
    .map(({ item }) => item);
}

/** The same files in other folders, which come in another order; what lies together stays together. */
function moved(files: readonly CaseFile[]): CaseFile[] {
  return files
    .map(({ path, text, source }) => {
      const [stem = ''] = path.split(/[./]/, 1);
      const folder = `moved/${'zyx'.charAt(stem.length % 3)}${path.includes('/') ? '' : `/${stem}`}`;
      const there = `${folder}/${path}`;
      return { path: there, text, ...(source && { source: { ...source, path: there } }) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A report without the places, and without the order that follows from them. */
function withoutPlaces(report: Report): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).filter(([key]) => !['file', 'line', 'column'].includes(key));
    return Object.fromEntries(entries.map(([key, each]) => [key, strip(each)]));
  };
  const sorted = (values: readonly unknown[]): unknown[] => values.map((each) => JSON.stringify(strip(each))).sort();
  return {
    ...(strip(report) as object),
    findings: sorted(report.findings),
    coverage: {
      filesParsed: report.coverage.filesParsed,
      filesFailed: sorted(report.coverage.filesFailed),
      opaqueTargets: sorted(report.coverage.opaqueTargets),
    },
  };
}

describe.each(cases)('$name', ({ files }) => {
  let report: Report;
  beforeAll(async () => {
    report = await check(files);
  });

  it('gives the same bytes again, whatever the order of its files', async () => {
    expect(JSON.stringify(await check(files))).toBe(JSON.stringify(report));
    expect(JSON.stringify(await check(shuffled(files)))).toBe(JSON.stringify(report));
  });

  it('gives the same bytes with Windows line ends', async () => {
    const windows = files.map((file) => ({ ...file, text: file.text.replaceAll('\n', '\r\n') }));
    expect(JSON.stringify(await check(windows))).toBe(JSON.stringify(report));
  });

  it('changes nothing but places when its files move', async () => {
    expect(withoutPlaces(await check(moved(files)))).toEqual(withoutPlaces(report));
  });

  it('changes nothing but places when white space in its XML changes', async () => {
    const reformatted = files.map((file) => ({ ...file, text: reformatXml(file.path, file.text) }));
    expect(withoutPlaces(await check(reformatted))).toEqual(withoutPlaces(report));
  });
});
