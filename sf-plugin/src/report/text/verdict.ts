import type { Report } from '@agent-readiness/protocol';
import { verdictReason, verdictTitles } from '../verdict.ts';
import { wrap } from './layout.ts';
import type { Style } from './style.ts';

/** `✖ NOT READY  3 critical findings; …` on as many lines as it needs. */
export function verdictLines(report: Report, style: Style): string[] {
  const { status } = report.verdict;
  const symbol = status === 'ready' ? style.symbols.pass : style.symbols.fail;
  const title = `${symbol} ${verdictTitles[status]}`;
  const paint = { ready: style.good, 'not-ready': style.bad, incomplete: style.warn }[status];
  const [first = '', ...rest] = wrap(`${title}  ${verdictReason(report)}.`, style.width);
  return [paint(title) + first.slice(title.length), ...rest];
}
