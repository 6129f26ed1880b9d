import { counts, type Report } from '@agent-readiness/protocol';
import { answers } from '../answer.ts';
import { printable } from '../printable.ts';
import { actionDetails } from './actions.ts';
import { closing } from './closing.ts';
import { findingDetails } from './findings.ts';
import { headline } from './headline.ts';
import { laidDown } from './laidDown.ts';
import { wrap } from './layout.ts';
import { notSeen } from './notSeen.ts';
import { heading, type Style } from './style.ts';
import { verdictLines } from './verdict.ts';

/**
 * The report for people. It opens with the answer, and its last lines say the answer again, because
 * in a terminal the first line of a long report is the one that has scrolled away.
 */
export function toText(untrusted: Report, style: Style): string {
  const whole = printable(untrusted);
  const report = { ...whole, findings: whole.findings.filter(counts) };
  const answered = answers(report);
  const section = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', heading(title, style), ...lines];
  const lines = [
    ...verdictLines(report, style),
    ...headline(answered, style),
    ...section('What each action can change', actionDetails(answered, report.findings, style)),
    ...section('Findings', findingDetails(report.findings, style)),
    ...section('Not seen', notSeen(report.coverage, style)),
  ];
  const again = lines.length > smallScreen ? verdictLines(report, style) : [];
  return [
    ...lines,
    ...section('Summary', [...again, ...laidDownLines(whole, style), ...closing(report, answered, style)]),
    '',
  ].join('\n');
}

function laidDownLines(report: Report, style: Style): string[] {
  return laidDown(report).flatMap((text) => wrap(text, style.width));
}

/** Lines of the smallest terminal in use, less those of the summary. */
const smallScreen = 16;
