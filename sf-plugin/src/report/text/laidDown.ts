import type { Finding, Report } from '@agent-readiness/protocol';
import { count } from '../words.ts';

/** What people have laid down about the project, and what it did to the verdict; one sentence each. */
export function laidDown({ findings, policy, baseline, lock }: Report): string[] {
  return [
    ...(policy ? [`Policy: ${policy.file}${policy.ref === undefined ? '' : ` of ${policy.ref}`}.`] : []),
    ...waived(findings),
    ...(lock
      ? [
          `Manifest: ${lock.file}, sha256 ${lock.sha256.slice(0, 12)}${lock.signedBy === undefined ? '' : `, signed by ${lock.signedBy}`}: ${lock.exceeded ? 'exceeded' : 'not exceeded'}.`,
        ]
      : []),
    ...(baseline ? [`Baseline: ${known(findings)} of ${baseline.date} (${baseline.owner}).`] : []),
    ...(baseline && baseline.fixed.length > 0
      ? [`Fixed since then: ${count(baseline.fixed.length, 'finding')}; --write-baseline takes them out.`]
      : []),
  ];
}

function waived(findings: readonly Finding[]): string[] {
  const days = findings.flatMap(({ waivedBy }) => (waivedBy ? [waivedBy.expires] : [])).sort();
  const [first] = days;
  if (first === undefined) return [];
  return [`Waived: ${count(days.length, 'finding')}, ${days.length === 1 ? '' : 'the first '}until ${first}.`];
}

function known(findings: readonly Finding[]): string {
  return count(findings.filter(({ baseline }) => baseline === 'unchanged').length, 'known finding');
}
