import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import type { Report } from '@agent-readiness/protocol';
import { formats } from '../report/formats.ts';
import type { FormatContext, ReportFormat } from '../report/reportFormat.ts';
import { ConfigurationError } from './errors.ts';

export interface ReportFile {
  readonly path: string;
  readonly format: ReportFormat;
}

/**
 * Chooses a format per file, before any work is done.
 *
 * @throws ConfigurationError for an extension without a format
 */
export function reportFiles(paths: readonly string[]): ReportFile[] {
  return paths.map((path) => {
    const format = formats.get(extname(path).toLowerCase());
    if (format) return { path, format };
    throw new ConfigurationError(`No report format for "${path}".`, [
      `Use one of the extensions ${[...formats.keys()].join(', ')}.`,
    ]);
  });
}

/**
 * Writes each file, and the folders above it.
 *
 * @throws ConfigurationError when a file cannot be written
 */
export function writeReportFiles(files: readonly ReportFile[], report: Report, context: FormatContext): void {
  for (const { path, format } of files) {
    const text = format(report, context);
    try {
      mkdirSync(dirname(resolve(path)), { recursive: true });
      writeFileSync(path, text);
    } catch (error) {
      throw new ConfigurationError(`Cannot write "${path}": ${(error as Error).message}`, [
        'Choose a file in a folder that you may write to.',
      ]);
    }
  }
}
