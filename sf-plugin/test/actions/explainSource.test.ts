import { describe, expect, it } from '@jest/globals';
import { cpuTimeMs } from '@agent-readiness/testkit';
import { createSourceQuoter } from '../../src/actions/explainSource.ts';
import type { SourceReader } from '../../src/extract/project/sourceReader.ts';
import { UnreadableError } from '../../src/extract/unreadable.ts';

function readerOf(files: Readonly<Record<string, string>>): SourceReader {
  return {
    read: (path) => {
      if (path === 'secret.cls') throw new UnreadableError({ file: path, line: 1, column: 1 }, 'cannot be read');
      return files[path];
    },
  };
}

/** The quoted lines, each `line: text`. */
function quoted(file: string, line: number, text: string, column = 1): string[] {
  const quote = createSourceQuoter(readerOf({ [file]: text }));
  return quote({ file, line, column }).map((each) => `${each.line}: ${each.text}`);
}

describe('the source of a hop', () => {
  it('is its line and those beside it', () => {
    expect(quoted('A.cls', 2, 'one\r\n  two\r\nthree\r\nfour')).toEqual(['1: one', '2:   two', '3: three']);
    expect(quoted('A.cls', 1, 'one\ntwo\nthree')).toEqual(['1: one', '2: two']);
  });

  it('leaves out what is blank', () => {
    expect(quoted('A.cls', 2, '\ntwo\n   \nfour')).toEqual(['2: two']);
  });

  it('is the beginning of an XML element', () => {
    expect(quoted('A.flow-meta.xml', 2, '<Flow>\n<recordDeletes>\n<name>\n<label>\n')).toEqual([
      '2: <recordDeletes>',
      '3: <name>',
      '4: <label>',
    ]);
  });

  it('is nothing where there is no such line or file', () => {
    expect(quoted('A.cls', 9, 'one')).toEqual([]);
    const quote = createSourceQuoter(readerOf({}));
    for (const file of ['missing.cls', 'secret.cls']) {
      expect(quote({ file, line: 1, column: 1 })).toEqual([]);
    }
  });

  it('is safe to print', () => {
    expect(quoted('A.cls', 1, "\tString password = 'hunter2'; // \u001b[2J \u202e \u009b")).toEqual([
      "1:   String password = '*******'; // \\u{1b}[2J \\u{202e} \\u{9b}",
    ]);
  });

  it('is cut where it is long, with the hop in it', () => {
    const long = `${'a'.repeat(1_000)}delete${'b'.repeat(1_000)}`;
    const quote = createSourceQuoter(readerOf({ 'A.cls': long }));
    const source = quote({ file: 'A.cls', line: 1, column: 1_001 });
    expect(source).toEqual([{ line: 1, column: 901, text: `${'a'.repeat(100)}delete${'b'.repeat(294)}` }]);
  });

  it('hides a secret that is cut in the middle', () => {
    const long = `${'a'.repeat(600)} token = '${'x'.repeat(600)}'; delete record;`;
    const quote = createSourceQuoter(readerOf({ 'A.cls': long }));
    const source = quote({ file: 'A.cls', line: 1, column: 1_000 });
    expect(source.map(({ text }) => text)).toEqual(['*'.repeat(311) + `'; delete record;`]);
  });

  it('takes no time on a line of many megabytes', () => {
    const long = `${'token="'.repeat(500_000)}delete`;
    const startedMs = cpuTimeMs();
    expect(quoted('A.cls', 1, long, 2_000_000)).toHaveLength(1);
    expect(cpuTimeMs() - startedMs).toBeLessThan(2_000);
  });
});
