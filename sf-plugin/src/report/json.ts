import type { Report } from '@agent-readiness/protocol';

/** The report as data: what `--json` returns as its `result`. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
