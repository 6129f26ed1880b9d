import { atLeast, counts, severities, type Finding, type Report, type Severity } from '@agent-readiness/protocol';

/** A finding that fails the gate outweighs a file that could not be read: both must be mended. */
export function verdictOf(findings: readonly Finding[], filesFailed: number, failOn: Severity): Report['verdict'] {
  const counted = findings.filter(counts);
  const failing = counted.some(({ severity }) => atLeast(severity, failOn));
  const excused = {
    waived: findings.filter(({ waivedBy }) => waivedBy !== undefined).length,
    baseline: findings.filter(({ waivedBy, baseline }) => waivedBy === undefined && baseline === 'unchanged').length,
  };
  return {
    status: failing ? 'not-ready' : filesFailed > 0 ? 'incomplete' : 'ready',
    failOn,
    findings: Object.fromEntries(
      severities.map((severity) => [severity, counted.filter((finding) => finding.severity === severity).length]),
    ) as Record<Severity, number>,
    ...(excused.waived + excused.baseline > 0 && { excused }),
  };
}
