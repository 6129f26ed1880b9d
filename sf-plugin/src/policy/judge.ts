import type { AppliedLock, AppliedPolicy, Finding, Manifest, Report, Severity } from '@agent-readiness/protocol';
import { inOrder } from '../rules/evaluate.ts';
import { appliedBaseline, compareBaseline, type Baseline } from './baseline.ts';
import type { Policy } from './config/policy.ts';
import { lockFindings } from './lockFindings.ts';
import { overBudget } from './overBudget.ts';
import { staleEntries } from './staleEntries.ts';
import { verdictOf } from './verdict.ts';
import { applyWaivers } from './waivers.ts';

/** What people have laid down, each part with the file it comes from. */
export interface Judgement {
  readonly policy: Policy;
  readonly applied?: AppliedPolicy;
  readonly baseline?: { readonly file: string; readonly baseline: Baseline };
  readonly lock?: { readonly manifest: Manifest; readonly read: Omit<AppliedLock, 'exceeded'> };
  /** From this severity on a finding makes the verdict `not-ready`. */
  readonly failOn: Severity;
  /** A day in UTC. */
  readonly today: string;
  /** Whether all agents of the project were checked. */
  readonly isWhole: boolean;
}

/** A report as the project's own rules see it: other severities, further findings, excused ones, and the verdict on it all. */
export function judge(report: Report, judgement: Judgement): Report {
  const { policy, applied, baseline, lock, failOn, today, isWhole } = judgement;
  const wasChecked = (agent: string): boolean => isWhole || report.agents.some(({ name }) => name === agent);
  const locked = lock === undefined ? [] : lockFindings(report, lock.manifest, lock.read.file, wasChecked);
  const found = [...report.findings, ...overBudget(report, policy)];
  const waived = applyWaivers(found, report, policy, today, isWhole);
  const all = inOrder(
    [...waived.findings, ...waived.defects, ...staleEntries(report, policy, isWhole), ...locked].map((finding) =>
      withSeverity(finding, policy),
    ),
  );
  const findings = baseline ? compareBaseline(all, baseline.baseline) : all;
  return {
    ...report,
    findings,
    verdict: verdictOf(findings, report.coverage.filesFailed.length, failOn),
    ...(applied && { policy: applied }),
    ...(baseline && { baseline: appliedBaseline(all, baseline.baseline, baseline.file, wasChecked) }),
    ...(lock && { lock: { ...lock.read, exceeded: locked.some(({ ruleId }) => ruleId === 'exceeds-lock') } }),
  };
}

function withSeverity(finding: Finding, { severities: chosen }: Policy): Finding {
  return { ...finding, severity: chosen.get(finding.ruleId) ?? finding.severity };
}
