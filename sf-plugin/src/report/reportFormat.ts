import type { Category, Report, Severity } from '@agent-readiness/protocol';

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
