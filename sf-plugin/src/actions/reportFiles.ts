import { extname } from 'node:path';
import type { Report } from '@agent-readiness/protocol';
import { formats } from '../report/formats.ts';
import type { FormatContext, ReportFormat } from '../report/reportFormat.ts';
import { ConfigurationError } from './errors.ts';
import { writeTextFile } from './textFiles.ts';

/** A file to write, with the format that its extension stands for. */
export interface OutputFile<Format> {
  readonly path: string;
  readonly format: Format;
}

export type ReportFile = OutputFile<ReportFormat>;

/**
 * Chooses a format per file, before any work is done.
 *
 * @throws ConfigurationError for an extension without a format
 */
export function reportFiles(paths: readonly string[]): ReportFile[] {
  return outputFiles(paths, formats);
}

/** The same for formats of something else than the report; they are named by extension. */
export function outputFiles<Format>(
  paths: readonly string[],
  byExtension: ReadonlyMap<string, Format>,
): OutputFile<Format>[] {
  return paths.map((path) => {
    const format = byExtension.get(extname(path).toLowerCase());
    if (format) return { path, format };
    throw new ConfigurationError(`No report format for "${path}".`, [
      `Use one of the extensions ${[...byExtension.keys()].join(', ')}.`,
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
    writeTextFile(path, text);
  }
}
