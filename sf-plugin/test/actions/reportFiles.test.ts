import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../src/actions/errors.ts';
import { reportFiles, writeReportFiles } from '../../src/actions/reportFiles.ts';
import { context } from '../report/formatContext.ts';
import { report } from '../report/sampleReport.ts';

describe('report files', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'report-files-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are written by extension, in folders that need not exist', () => {
    const paths = ['a.json', 'new/folder/b.SARIF', 'c.md'].map((path) => join(folder, path));
    writeReportFiles(reportFiles(paths), report(), context);
    expect(paths.map((path) => readFileSync(path, 'utf8').slice(0, 16))).toEqual([
      '{\n  "schemaVersi',
      '{"$schema":"http',
      '<!-- agent-readi',
    ]);
  });

  it.each(['report.htm', 'report', 'report.json.gz'])('refuses %s before any work is done', (path) => {
    expect(() => reportFiles(['good.json', path])).toThrow(
      new ConfigurationError(`No report format for "${path}".`, [
        'Use one of the extensions .html, .json, .md, .sarif, .xml.',
      ]),
    );
  });

  it('say which file cannot be written', () => {
    const blocked = join(folder, 'file');
    writeFileSync(blocked, '');
    const path = join(blocked, 'report.json');
    expect(() => {
      writeReportFiles(reportFiles([path]), report(), context);
    }).toThrow(`Cannot write "${path}": `);
  });
});
