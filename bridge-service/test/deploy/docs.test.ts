import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { createMetrics } from '../../src/adapters/telemetry/metrics.ts';
import { must } from '../support/must.ts';

const root = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Cells of the rows of every table of a document. */
function rowsOf(text: string): readonly (readonly string[])[] {
  return [...text.matchAll(/^\|.*\|$/gm)]
    .map(([row]) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter(([first = '']) => !/^-+$/.test(first));
}

/** The tests that a cell names: `file` › title, with semicolons between them. */
function testsIn(cell: string): readonly { readonly file: string; readonly title: string }[] {
  return cell.split(';').map((test) => {
    const [, file = '', title = ''] = /^ *`([\w/]+)` › (.+)$/.exec(test) ?? [];
    return { file, title };
  });
}

function expectTest({ file, title }: { readonly file: string; readonly title: string }): void {
  const paths = [`bridge-service/test/${file}.test.ts`, `protocol/test/${file}.test.ts`];
  const path = must(paths.find((candidate) => existsSync(new URL(candidate, root))));
  expect(title.length).toBeGreaterThan(10);
  expect(read(path)).toContain(title);
}

describe('docs/threat-model.md', () => {
  const threats = rowsOf(read('docs/threat-model.md')).filter(([letter = '']) => /^[STRIDE]$/.test(letter));
  const named = threats.flatMap(([, threat = '', , tests = '']) => testsIn(tests).map((test) => ({ threat, ...test })));

  it('answers each letter of STRIDE', () => {
    expect([...new Set(threats.map(([letter]) => letter))].sort()).toEqual(['D', 'E', 'I', 'R', 'S', 'T']);
    expect(threats.length).toBeGreaterThan(30);
  });

  it.each(named)('$threat: $file › $title', expectTest);
});

describe('docs/known-failures.md', () => {
  const [, ...failures] = rowsOf(read('docs/known-failures.md'));
  const named = failures.flatMap(([, failure = '', tests = '']) =>
    testsIn(tests).map((test) => ({ failure, ...test })),
  );

  it('has the failures of every part', () => {
    const parts = ['approvals', 'guards', 'log', 'masking', 'money', 'streams'];
    expect([...new Set(failures.map(([part]) => part))].sort()).toEqual(parts);
  });

  it.each(named)('$failure: $file › $title', expectTest);
});

describe('docs/operations.md', () => {
  it('explains every metric, and no other', async () => {
    const page = await createMetrics().read(0, () => Promise.reject(new Error('no store')));
    const metrics = [...page.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name);
    const explained = rowsOf(read('docs/operations.md')).flatMap(
      ([first = '']) => /^`(bridge_\w+)`$/.exec(first)?.[1] ?? [],
    );
    expect(explained.toSorted()).toEqual(metrics.toSorted());
  });

  it('names files that are there', () => {
    const links = [...read('docs/operations.md').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => must(link));
    expect(links.filter((link) => !existsSync(new URL(`docs/${link}`, root)))).toEqual([]);
    expect(links.length).toBeGreaterThan(8);
  });
});
