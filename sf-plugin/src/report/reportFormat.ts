import type { Category, Place, Report, Severity } from '@agent-readiness/protocol';
import type { SourceLine } from './explain/explanation.ts';

/** What a file format needs to know beside the report. */
export interface FormatContext {
  readonly toolVersion: string;
  /** The project folder as seen from the root of its repository, with a slash at its end; empty if they are one. */
  readonly projectPath: string;
  readonly rules: readonly RuleDescription[];
  /** The line of a place and up to two around it, safe to print; none where the file cannot be read. */
  readonly quote: (place: Place) => readonly SourceLine[];
}

/** The part of a rule that a reader of results needs. */
export interface RuleDescription {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly summary: string;
  /** Its page of the documentation, in Markdown, where it has one. */
  readonly page?: string;
}

export type ReportFormat = (report: Report, context: FormatContext) => string;
