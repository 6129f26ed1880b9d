import type { Report } from '@agent-readiness/protocol';
import { checkProject } from '../../src/actions/check.ts';
import { toProject, type CaseFile } from './corpusCase.ts';

const silent = { start: () => undefined, update: () => undefined, stop: () => undefined };
const options = { sourceDirs: [], allVersions: true, failOn: 'high' } as const;

/** @param agents names; all agents where there are none */
export async function check(files: readonly CaseFile[], agents: readonly string[] = []): Promise<Report> {
  return checkProject(toProject(files), silent, { ...options, agents });
}

/** The order that a file system without any would give. */
export function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, at) => ({ item, key: (at * 7919 + 13) % 101 }))
    .sort((a, b) => b.key - a.key)
    .map(({ item }) => item);
}

/** The same files in other folders, which come in another order; what lies together stays together. */
export function moved(files: readonly CaseFile[]): CaseFile[] {
  return files
    .map(({ path, text, source }) => {
      const [stem = ''] = path.split(/[./]/, 1);
      const folder = `moved/${'zyx'.charAt(stem.length % 3)}${path.includes('/') ? '' : `/${stem}`}`;
      const there = `${folder}/${path}`;
      return { path: there, text, ...(source && { source: { ...source, path: there } }) };
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A file in a sentence, with its line. */
const placeInText = /(?:[\w#-]+\/)*([\w#.-]+\.(?:agent|cls|trigger|json|xml|genAiPlannerBundle))(?::\d+)?/g;

/** A report without the places, and without the order that follows from them. */
export function withoutPlaces(report: Report): unknown {
  const strip = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(strip);
    if (typeof value === 'string') return value.replaceAll(placeInText, '$1');
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
