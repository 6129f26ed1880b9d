import type { Category, Report, Severity } from '@agent-readiness/protocol';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown/markdown.ts';
import { toSarif } from './sarif/sarif.ts';

/** What a file format needs to know beside the report. */
export interface FormatContext {
  readonly toolVersion: string;
  /** The project folder as seen from the root of its repository, with a slash at its end; empty if they are one. */
  readonly projectPath: string;
  readonly rules: readonly RuleDescription[];
}

/** The part of a rule that a reader of results needs. */
export interface RuleDescription {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly summary: string;
}

export type ReportFormat = (report: Report, context: FormatContext) => string;

/** Formats by the extension of the file that is asked for. Help, errors and docs list these. */
export const formats: ReadonlyMap<string, ReportFormat> = new Map<string, ReportFormat>([
  ['.json', toJson],
  ['.md', toMarkdown],
  ['.sarif', toSarif],
]);
