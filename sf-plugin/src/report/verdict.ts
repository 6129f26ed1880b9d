import { severities, type Report, type VerdictStatus } from '@agent-readiness/protocol';
import { count, filesOf } from './words.ts';

export const verdictTitles: Readonly<Record<VerdictStatus, string>> = {
  ready: 'READY',
  'not-ready': 'NOT READY',
  incomplete: 'INCOMPLETE',
};

/** The reason of the verdict in one sentence, without its full stop. */
export function verdictReason(report: Report): string {
  const { status, failOn } = report.verdict;
  const found = `${findingCounts(report)} (fails on ${failOn}${failOn === 'critical' ? '' : ' or worse'})`;
  if (status !== 'incomplete') return found;
  return `${count(filesOf(report.coverage.filesFailed), 'file')} could not be read in full, so nobody can say ready; ${found}`;
}

/** How much the verdict rests on. */
export function seenWords({ agents, coverage }: Report): string {
  const actions = agents.reduce((sum, agent) => sum + agent.actions.length, 0);
  return [
    count(agents.length, 'agent'),
    count(actions, 'action'),
    `${count(coverage.filesParsed, 'file')} read`,
    `${filesOf(coverage.filesFailed)} failed`,
    `${count(coverage.opaqueTargets.length, 'target')} not in source`,
  ].join(', ');
}

/** `3 critical, 5 high findings`, without the severities that have none. */
function findingCounts({ verdict }: Report): string {
  const found = severities.filter((severity) => verdict.findings[severity] > 0);
  const total = found.reduce((sum, severity) => sum + verdict.findings[severity], 0);
  if (total === 0) return 'no findings';
  const parts = found.map((severity) => `${verdict.findings[severity]} ${severity}`);
  return `${parts.join(', ')} finding${total === 1 ? '' : 's'}`;
}
